import Bytes
import MailQueue

/// A line of `postqueue -j`.
func checkQueueList(_ bytes: ByteView) throws(CheckFailure) {
  var reader = QueueListReader()
  var sums: [Int?] = []
  for _ in 0..<2 {
    do throws(QueueListError) {
      let entry = try reader.read(bytes)
      sums.append(touch(entry))
    } catch {
      sums.append(nil)
    }
  }
  try require(sums[0] == sums[1], "two readings differ")
}
