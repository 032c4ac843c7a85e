@main
struct Softbounced {
  static func main() {}
}
