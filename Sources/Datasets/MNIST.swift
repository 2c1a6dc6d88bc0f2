// MNIST, and every set that comes in four files of the same names (Fashion-MNIST, Kuzushiji-MNIST, …): where the files
// may be, what they may be called, and how they belong together.

import CZlib
import Glibc

/// The four files of a set.
package struct MNISTFiles: Hashable, Sendable {
  /// The folder that they were found in.
  package let directory: String
  package let trainImages: String
  package let trainLabels: String
  package let testImages: String
  package let testLabels: String

  /// What to call a set that is not MNIST: the folder's name, or that of the one around it where it says nothing of its
  /// own, as in torchvision's `FashionMNIST/raw`.
  package var name: String {
    func last(of path: String) -> String? { path.split(separator: "/").map(String.init).last { $0 != "raw" } }
    var found = last(of: directory)
    if found == nil || found == ".", let whole = realpath(directory, nil) {
      found = last(of: String(cString: whole))
      free(whole)
    }
    let name = found ?? directory
    // The files have been found to be something else.
    return name.lowercased() == "mnist" ? "folder \(name)" : name
  }
}

package enum MNIST {
  package enum Split: Hashable, Sendable, CaseIterable {
    /// 60,000 pictures in MNIST.
    case train
    /// 10,000 pictures in MNIST.
    case test
  }

  /// Where the files may lie in a folder that a person names: in it, or in torchvision's layout.
  private static let layouts = ["", "/MNIST/raw", "/raw", "/mnist", "/MNIST"]
  private static let stems = [
    ("train-images", "idx3"), ("train-labels", "idx1"), ("t10k-images", "idx3"), ("t10k-labels", "idx1"),
  ]

  /// Looks for the files in `explicit`, or else in `$GANTUI_DATA` and in `$XDG_DATA_HOME/gantui`
  /// (`~/.local/share/gantui` without it).
  ///
  /// - Parameters:
  ///   - explicit: the folder that a person asked for; then no other is looked at.
  ///   - environment: the process's environment.
  /// - Returns: `nil` if no folder was asked for and none holds such files.
  /// - Throws: `DatasetError` if `explicit` lacks a file, or if another folder has some of the four but not all.
  package static func locate(explicit: String?, environment: [String: String]) throws(DatasetError) -> MNISTFiles? {
    if let explicit {
      if let files = try files(under: explicit) { return files }
      throw DatasetError(
        path: explicit, offset: nil,
        problem: "none of \(stems.map { "\($0.0)-\($0.1)-ubyte[.gz]" }.joined(separator: ", ")) is there, nor in "
          + layouts.dropFirst().map { String($0.dropFirst()) }.joined(separator: ", "),
        mend: "Name the folder that holds the four files")
    }
    var places: [String] = []
    if let place = environment["GANTUI_DATA"], !place.isEmpty { places.append(place) }
    if let place = environment["XDG_DATA_HOME"], !place.isEmpty {
      places.append("\(place)/gantui")
    } else if let home = environment["HOME"], !home.isEmpty {
      places.append("\(home)/.local/share/gantui")
    }
    for place in places {
      if let files = try files(under: place) { return files }
    }
    return nil
  }

  private static func files(under place: String) throws(DatasetError) -> MNISTFiles? {
    for layout in layouts {
      let directory = place + layout
      let found: [String?] = stems.map { stem, kind in
        let names = ["\(stem)-\(kind)-ubyte", "\(stem).\(kind)-ubyte"]
        let paths = (names + names.map { $0 + ".gz" }).map { "\(directory)/\($0)" }
        return paths.first { path in access(path, F_OK) == 0 }
      }
      if found.allSatisfy({ $0 == nil }) { continue }
      guard let trainImages = found[0], let trainLabels = found[1], let testImages = found[2], let testLabels = found[3]
      else {
        let missing = zip(stems, found).filter { $0.1 == nil }.map { "\($0.0.0)-\($0.0.1)-ubyte[.gz]" }
        throw DatasetError(
          path: directory, offset: nil, problem: "\(missing.joined(separator: " and ")) missing beside the other files",
          mend: "Put all four files of the set there")
      }
      return MNISTFiles(
        directory: directory, trainImages: trainImages, trainLabels: trainLabels, testImages: testImages,
        testLabels: testLabels)
    }
    return nil
  }

  /// Reads one split; its pictures must be 28×28.
  package static func load(_ split: Split, from files: MNISTFiles) throws(DatasetError) -> LabelledImages {
    let (imagesPath, labelsPath) =
      switch split {
      case .train: (files.trainImages, files.trainLabels)
      case .test: (files.testImages, files.testLabels)
      }
    let labels = try IDX.labels(at: labelsPath)
    let images = try IDX.images(at: imagesPath) { (count, height, width) throws(DatasetError) in
      guard height == 28, width == 28 else {
        throw DatasetError(
          path: imagesPath, offset: 8, problem: "pictures of \(width)×\(height) where 28×28 was expected",
          mend: "Use a set of MNIST's form")
      }
      guard count == labels.count else {
        throw DatasetError(
          path: imagesPath, offset: 4, problem: "\(count) pictures where \(labelsPath) has \(labels.count) labels",
          mend: "The two files are of different sets or splits: fetch both again")
      }
    }
    return LabelledImages(width: 28, height: 28, pixels: images.pixels, labels: labels)
  }
}

extension MNIST {
  /// What a split of the original has: how many pictures, and the CRC-32 of all pixels and of all labels. Measured from the
  /// files whose MD5 sums torchvision and Keras check.
  private static func fingerprint(of split: Split) -> (count: Int, pixels: UInt, labels: UInt) {
    switch split {
    case .train: (60_000, 0xf363_9b56, 0xba07_e8ef)
    case .test: (10_000, 0xe4ca_5f57, 0xee86_04d9)
    }
  }

  /// Whether these are the pictures and labels of LeCun, Cortes and Burges, and not another set in files of the same names.
  package static func isOriginal(_ images: LabelledImages, as split: Split) -> Bool {
    let known = fingerprint(of: split)
    return images.count == known.count && checksum(images.labels) == known.labels
      && checksum(images.pixels) == known.pixels
  }

  /// CRC-32 (RFC 1952, section 8).
  package static func checksum(_ bytes: [UInt8]) -> UInt { UInt(crc32(0, bytes, UInt32(bytes.count))) }
}
