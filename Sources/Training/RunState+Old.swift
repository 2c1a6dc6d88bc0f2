// Checkpoints of the format `gantui-1`, which knew of two players, one draw and four figures, put into today's form.

import RunFiles

extension RunState.Reader {
  /// The same moment in the words of today.
  func inNewForm() throws(RunFileError) -> Safetensors {
    var new = file
    let k: Int = try number("setting.k", in: RunLimits.moves)
    // Whose turn it was: D's k updates were one move.
    switch try text("turn") {
    case "discriminator", "both": new.metadata["cursor"] = "0"
    case "generator": new.metadata["cursor"] = "\(k)"
    default: throw broken("turn: neither D's nor G's nor both's")
    }
    let generator: Int = try number("generator.updates", in: RunLimits.counts)
    let discriminator: Int = try number("discriminator.updates", in: RunLimits.counts)
    new.metadata["updates"] = "\(generator) \(discriminator)"
    new.metadata["told"] = "d_loss g_loss d_real d_fake"
    new.metadata["histories"] = "d_loss g_loss"
    new.metadata["format"] = "gantui-2"
    for index in new.tensors.indices {
      new.tensors[index].name = new.tensors[index].name
        .replacing("history.discriminator.", with: "history.d_loss.")
        .replacing("history.generator.", with: "history.g_loss.")
    }
    return new
  }
}
