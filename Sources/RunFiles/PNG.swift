// Pictures as PNG files (ISO/IEC 15948), by libpng.

import CPNG

/// Why bytes are no picture.
package enum PNGError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What libpng says.
  case unreadable(String)
  case tooLarge(width: Int, height: Int)

  package var description: String {
    switch self {
    case .unreadable(let reason): "not a PNG that can be read: \(reason)"
    case .tooLarge(let width, let height):
      "a PNG of \(width)×\(height) pixels: expected \(PNG.mostPixels) pixels at the most; write smaller pictures"
    }
  }
}

package enum PNG {
  /// Of a picture that is read: 16 million.
  package static let mostPixels = 1 << 24
  /// What every file begins with.
  static let signature: [UInt8] = [0x89] + Array("PNG\r\n\u{1A}\n".utf8)

  package static func encode(_ picture: Picture) -> [UInt8] {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    image.width = png_uint_32(picture.width)
    image.height = png_uint_32(picture.height)
    image.format = format(picture.channels)
    var size = png_alloc_size_t(0)
    // Asked without room, it says how much room it needs. Only memory can run out: nothing here depends on what a person
    // does.
    guard png_image_write_to_memory(&image, nil, &size, 0, picture.pixels, 0, nil) != 0 else {
      fatalError("PNG: libpng: \(message(of: image))")
    }
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = size
      guard png_image_write_to_memory(&image, buffer.baseAddress, &count, 0, picture.pixels, 0, nil) != 0 else {
        fatalError("PNG: libpng: \(message(of: image))")
      }
    }
  }

  /// Grey for a file without colours, whatever its depth; what is transparent lies on black. Needs no more memory than
  /// three bytes for each pixel that the header promises, and promises of more than `mostPixels` are refused.
  package static func decode(_ bytes: [UInt8]) throws(PNGError) -> Picture {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    let outcome = bytes.withUnsafeBytes { file -> Result<Picture, PNGError> in
      guard png_image_begin_read_from_memory(&image, file.baseAddress, file.count) != 0 else {
        return .failure(.unreadable(message(of: image)))
      }
      let (width, height) = (Int(image.width), Int(image.height))
      guard width > 0, height > 0, width <= mostPixels / height else {
        return .failure(.tooLarge(width: width, height: height))
      }
      let channels: Picture.Channels = image.format & png_uint_32(PNG_FORMAT_FLAG_COLOR) == 0 ? .grey : .rgb
      image.format = format(channels)
      var black = png_color(red: 0, green: 0, blue: 0)
      var isRead = false
      let count = width * height * channels.rawValue
      let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        isRead = png_image_finish_read(&image, &black, buffer.baseAddress, 0, nil) != 0
        filled = isRead ? count : 0
      }
      guard isRead else { return .failure(.unreadable(message(of: image))) }
      return .success(Picture(width: width, height: height, channels: channels, pixels: pixels))
    }
    return try outcome.get()
  }

  private static func format(_ channels: Picture.Channels) -> png_uint_32 {
    switch channels {
    case .grey: png_uint_32(PNG_FORMAT_GRAY)
    case .rgb: png_uint_32(PNG_FORMAT_RGB)
    }
  }

  private static func message(of image: png_image) -> String {
    withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
