// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.spi.StepException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What {@code --chmod} does to a file's mode: sets it ({@code 644}) or edits it ({@code
 * u+x,go=rX}), with the grammar of BSD's {@code setmode(3)}.
 */
final class ModeChange {
  private static final Pattern OCTAL = Pattern.compile("0*[0-7]{1,4}");
  private static final int SET_USER_ID = 04000;
  private static final int SET_GROUP_ID = 02000;
  private static final int STICKY = 01000;
  private static final int EXECUTE = 0111;
  private static final int STANDARD = 06777;

  /** One edit: of the mode so far, seeing the mode the file came with. */
  private interface Edit {
    int apply(int mode, int original, boolean directory);
  }

  private final OptionalInt octal;
  private final List<Edit> edits;

  private ModeChange(OptionalInt octal, List<Edit> edits) {
    this.octal = octal;
    this.edits = edits;
  }

  /** Parses the flag's value, which is not empty. */
  static ModeChange parse(String text) throws StepException {
    if (OCTAL.matcher(text).matches()) {
      return new ModeChange(OptionalInt.of(Integer.parseInt(text, 8)), List.of());
    }
    if (Character.isDigit(text.charAt(0))) {
      throw new StepException(
          "invalid chmod parameter: '"
              + text
              + "'. it should be octal string and between 0 and 07777");
    }
    return new ModeChange(OptionalInt.empty(), new Parser(text).parse());
  }

  /** Returns the mode every file gets, if it is the same for every file. */
  OptionalInt octal() {
    return octal;
  }

  /** Returns what becomes of a mode, the lower 12 bits of {@code st_mode}. */
  int apply(int mode, boolean directory) {
    int result = octal.orElse(mode);
    for (Edit edit : edits) {
      result = edit.apply(result, mode, directory);
    }
    return result;
  }

  private static final class Parser {
    private final String text;
    private final List<Edit> edits = new ArrayList<>();
    private int at;

    Parser(String text) {
      this.text = text;
    }

    List<Edit> parse() throws StepException {
      clause();
      while (at < text.length()) {
        at++; // the comma
        clause();
      }
      return List.copyOf(edits);
    }

    private void clause() throws StepException {
      int who = who();
      do {
        operation(who);
      } while (at < text.length() && text.charAt(at) != ',');
    }

    private int who() throws StepException {
      int who = 0;
      while (true) {
        switch (next()) {
          case 'a' -> who |= STANDARD;
          case 'u' -> who |= SET_USER_ID | 0700;
          case 'g' -> who |= SET_GROUP_ID | 0070;
          case 'o' -> who |= 0007;
          default -> {
            at--;
            return who;
          }
        }
      }
    }

    private char next() throws StepException {
      if (at == text.length()) {
        throw invalid();
      }
      return text.charAt(at++);
    }

    private StepException invalid() {
      return new StepException("invalid chmod parameter: '" + text + "': invalid syntax");
    }

    private void operation(int who) throws StepException {
      char operator = next();
      if (operator != '+' && operator != '-' && operator != '=') {
        throw invalid();
      }
      int subject = who;
      int bits = 0;
      int conditional = 0;
      boolean assigned = false;
      boolean onlyOthers = who != 0 && (who & ~0007) == 0;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == 'u' || c == 'g' || c == 'o') {
          if (bits != 0) {
            add(operator, subject, bits);
            bits = 0;
          }
          assigned = true;
          addConditional(subject, conditional);
          conditional = 0;
          addCopy(operator, subject, c);
        } else if (c == 'r') {
          bits |= 0444;
        } else if (c == 'w') {
          bits |= 0222;
        } else if (c == 'x' || (c == 'X' && operator == '-')) {
          bits |= EXECUTE;
        } else if (c == 'X') {
          conditional = EXECUTE;
        } else if (c == 's') {
          bits |= onlyOthers ? 0 : SET_USER_ID | SET_GROUP_ID;
        } else if (c == 't') {
          subject |= onlyOthers ? 0 : STICKY;
          bits |= onlyOthers ? 0 : STICKY;
        } else {
          break;
        }
        at++;
      }
      if (bits != 0 || (operator == '=' && !assigned)) {
        add(operator, subject, bits);
      }
      addConditional(subject, conditional);
    }

    private void add(char operator, int who, int bits) {
      int masked = who == 0 ? bits : bits & who;
      int cleared = who == 0 ? STANDARD : who;
      edits.add(
          switch (operator) {
            case '+' -> (mode, original, directory) -> mode | masked;
            case '-' -> (mode, original, directory) -> mode & ~masked;
            default -> (mode, original, directory) -> (mode & ~cleared) | masked;
          });
    }

    private void addConditional(int who, int bits) {
      int masked = who == 0 ? bits : bits & who;
      if (masked != 0) {
        edits.add(
            (mode, original, directory) ->
                directory || (original & EXECUTE) != 0 ? mode | masked : mode);
      }
    }

    private void addCopy(char operator, int who, char from) {
      int shift = from == 'u' ? 6 : from == 'g' ? 3 : 0;
      int permissions = who == 0 ? 0777 : who & 0777;
      edits.add(
          (mode, original, directory) -> {
            int copied = ((mode >> shift) & 7) * EXECUTE & permissions;
            return switch (operator) {
              case '+' -> mode | copied;
              case '-' -> mode & ~copied;
              default -> (mode & ~permissions) | copied;
            };
          });
    }
  }
}
