// The answer to a mistyped name.

import TerminalUI

/// `there is no theme “papre”; did you mean “paper”? There are …`
package func unknown(_ kind: String, _ name: String, among known: [String]) -> String {
  let guess = guess(for: name, among: known)
  return "there is no \(kind) “\(name)”\(guess.isEmpty ? "." : guess) There are \(known.joined(separator: ", "))."
}
