@main
struct Softbounce {
  static func main() {}
}
