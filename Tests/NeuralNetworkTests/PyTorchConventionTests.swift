// Where PyTorch puts pixels and channels, and what it does at borders: models move between programs only if these agree.

import Autograd
import NeuralNetwork
import Testing

@Suite("Layers on images follow PyTorch's conventions")
struct PyTorchConventionTests {
  /// What an operation makes of images, and the gradient of its weighted sum; both [N, H, W, C], flat.
  struct Reference: Sendable {
    let result: [Float]
    let gradient: [Float]
  }

  // Printed by `Reference/images.py` with PyTorch 2.15.0, in double precision.

  static let maximumPool = Reference(
    result: [
      -2.30409, -1.17762, -1.26737, -1.17762, -1.26737, -1.26129, -1.73786, -1.17762, -1.60752, -1.17762, -1.70362,
      -1.26129,
    ],
    gradient: [
      0, 0, 0, 0, 0, 0, 1.37656, 0, 0, 0, 0, 0, -0.961157, -2.68141, 0, 0, 0, 0, 0, 0.65634, -0.761679, 0, 0, 0,
      0.943102, 0, 0.538355, 0, 0, 0,
    ])
  static let averagePool = Reference(
    result: [
      -0.330134, -0.0496709, -0.0721465, -0.0431261, -0.02273, -0.0356106, -0.108187, -0.109348, 0.0246616, -0.0526529,
      -0.0177384, 0.025749,
    ],
    gradient: [
      -0.106795, -0.0522827, -0.0496978, -0.153168, 0.0570974, -0.100886, 0.152951, -0.135253, 0.0958533, -0.0343671,
      -0.191426, -0.100364, -0.0295397, -0.297934, 0.161886, -0.19757, 0.317557, -0.124643, 0.155671, 0.0729267,
      -0.084631, -0.0480814, 0.0201581, -0.144765, 0.104789, -0.096684, 0.164606, 0.0106098, 0.0598172, 0.107294,
    ])
  static let averagePoolOfImage = Reference(
    result: [
      -0.742802, -0.11176, -0.10822, -0.0646892, -0.0511425, -0.0801238, -0.24342, -0.246034, 0.0369925, -0.0789794,
      -0.0399114, 0.0579354,
    ],
    gradient: [
      -0.240289, -0.117636, -0.154643, -0.268965, 0.0856461, -0.151329, 0.301316, -0.228655, 0.21567, -0.077326,
      -0.430709, -0.225819, -0.187879, -0.522174, 0.24283, -0.296355, 0.593089, -0.13227, 0.350259, 0.164085, -0.19042,
      -0.108183, -0.0332362, -0.253209, 0.157184, -0.145026, 0.291772, 0.096385, 0.134589, 0.241411,
    ])
  static let nearest = Reference(
    result: [
      -0.98447, -0.98447, 0.244639, 0.244639, -0.940451, -0.940451, -0.98447, -0.98447, 0.244639, 0.244639, -0.940451,
      -0.940451, -0.878554, -0.878554, -0.164129, -0.164129, 0.305349, 0.305349, -0.878554, -0.878554, -0.164129,
      -0.164129, 0.305349, 0.305349,
    ],
    gradient: [-2.62611, -0.321149, 2.05738, 2.27088, -0.047417, 0.629467])
  static let bilinear = Reference(
    result: [
      -0.98447, -0.677193, -0.0626381, -0.0516334, -0.644178, -0.940451, -0.957991, -0.682881, -0.132662, -0.0504149,
      -0.436139, -0.629001, -0.905033, -0.694259, -0.272711, -0.0479781, -0.0200598, -0.00610062, -0.878554, -0.699948,
      -0.342736, -0.0467597, 0.18798, 0.305349,
    ],
    gradient: [-1.62579, -0.403938, 0.976297, 1.55222, 0.507908, 0.956351])
  static let pixelShuffle = Reference(
    result: [
      -0.98447, -0.164129, 0.244639, 0.305349, -0.512793, -0.304085, -0.285592, 0.822382, -0.940451, 0.732629,
      -0.878554, -0.50117, -0.742202, 0.279888, -0.635505, 0.136296,
    ],
    gradient: [
      -0.961157, 0.513876, 0.943102, 0.538355, -0.470545, -0.907972, -0.870156, 0.965644, 0.86268, -0.761679, 0.366681,
      -0.445211, -0.309304, -0.432733, 0.713619, -0.943406,
    ])
  static let pixelUnshuffle = Reference(
    result: [
      -0.98447, -0.940451, -0.512793, -0.742202, 0.244639, -0.878554, -0.285592, -0.635505, -0.164129, 0.732629,
      -0.304085, 0.279888, 0.305349, -0.50117, 0.822382, 0.136296,
    ],
    gradient: [
      -0.961157, 0.86268, -0.470545, -0.309304, 0.943102, 0.366681, -0.870156, 0.713619, 0.513876, -0.761679, -0.907972,
      -0.432733, 0.538355, -0.445211, 0.965644, -0.943406,
    ])
  static let instanceNorm = Reference(
    result: [
      -0.922565, 0.902325, -0.859639, -1.33954, 0.250133, 1.0235, 1.53207, -0.586289, -0.508771, -0.543115, -1.11354,
      -1.18735, 0.0414213, 1.49683, 1.58088, 0.233643,
    ],
    gradient: [
      -1.41714, -0.209203, 0.702845, -0.266993, 1.40223, 0.0685608, -0.687935, 0.407635, 0.968803, -1.49683, -0.802831,
      1.93468, 0.0903061, 1.25597, -0.256278, -1.69382,
    ])

  private func expectAgreement(
    _ layer: some Layer, _ shape: Shape, _ reference: Reference, shiftedBy shift: Float = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectAgreement(shape, reference, sourceLocation) { layer($0 + shift, .training) }
  }

  private func expectAgreement(
    _ shape: Shape, _ reference: Reference, _ sourceLocation: SourceLocation, _ function: (Tensor) -> Tensor
  ) {
    let graph = Graph()
    let images = graph.input("images", shape)
    let result = function(images)
    let weights = graph.input("weights", result.shape)
    let slope = gradient(of: (result * weights).sum(), withRespectTo: [images])[0]
    let program = Program(
      graph, outputs: [result, slope], parameters: ParameterStore(ParameterLayout()), random: RandomSource(key: 0),
      workers: Workers(threads: 1))
    program.write(PyTorchAgreementTests.numbers(1, shape.count), to: images)
    program.write(PyTorchAgreementTests.numbers(2, result.shape.count), to: weights)
    program.run()
    for (ours, theirs) in [(program.read(result), reference.result), (program.read(slope), reference.gradient)] {
      #expect(ours.count == theirs.count, sourceLocation: sourceLocation)
      // The reference is printed with six digits.
      let worst = zip(ours, theirs).map { abs($0 - $1) }.max() ?? .nan
      #expect(worst < 1e-5, sourceLocation: sourceLocation)
    }
  }

  @Test("A maximum ignores the padding, a mean counts its zeros unless told not to")
  func pooling() {
    let window = Window(3, stride: 2, padding: 1)
    let image: Shape = [1, 3, 5, 2]
    expectAgreement(Pooling(.maximum, window), image, Self.maximumPool, shiftedBy: -2)
    expectAgreement(Pooling(.average, window), image, Self.averagePool)
    expectAgreement(image, Self.averagePoolOfImage, #_sourceLocation) { $0.averagePooled(window, countsPadding: false) }
  }

  @Test("Up-sampling enlarges squares, not the grid of their centres")
  func upsampling() {
    expectAgreement(Upsampling(by: 2, .nearest), [1, 2, 3, 1], Self.nearest)
    expectAgreement(Upsampling(by: 2, .bilinear), [1, 2, 3, 1], Self.bilinear)
  }

  @Test("Pixel shuffle takes channels in the same order, and so does its inverse")
  func pixelShuffle() {
    expectAgreement(PixelShuffle.enlarging(by: 2), [1, 1, 2, 8], Self.pixelShuffle)
    expectAgreement(PixelShuffle.reducing(by: 2), [1, 2, 4, 2], Self.pixelUnshuffle)
  }

  @Test("Instance norm has the biased variance, the same epsilon, and nothing to learn")
  func instanceNorm() {
    var builder = NetworkBuilder()
    expectAgreement(InstanceNorm("norm", features: 2, in: &builder), [2, 2, 2, 2], Self.instanceNorm)
  }
}
