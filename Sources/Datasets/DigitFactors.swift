// The known causes of a built-in digit. What else makes two of them differ is the hand that writes.

/// What a built-in digit is made from: the truth that disentangled codes and captions are checked against.
package struct DigitFactors: Hashable, Sendable {
  /// The digit, 0…9.
  package var label: UInt8
  /// The lean of vertical strokes, radians; positive leans to the right.
  package var slant: Float
  /// The mean width of the strokes, pixels.
  package var thickness: Float
  /// The size against MNIST's 20×20 box.
  package var scale: Float
  /// How far the centre of mass is right of the picture's centre, pixels.
  package var dx: Float
  /// How far it is below the picture's centre, pixels.
  package var dy: Float

  package init(label: UInt8, slant: Float, thickness: Float, scale: Float, dx: Float, dy: Float) {
    self.label = label
    self.slant = slant
    self.thickness = thickness
    self.scale = scale
    self.dx = dx
    self.dy = dy
  }
}
