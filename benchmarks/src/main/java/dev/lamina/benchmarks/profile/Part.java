// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.profile;

import java.util.Set;

/** Parts of the work, by which CPU time is counted. */
final class Part {
  private static final String LAMINA = "dev.lamina.";

  /** The classes of dev.lamina.deflate that decode; the encoder has the others. */
  private static final Set<String> DECODER =
      Set.of("InflateDecoder", "InflateInput", "BitReader", "BlockCodes", "DecodingTable");

  private Part() {}

  /**
   * Returns the part that a stack belongs to: what its first frame says that says anything.
   *
   * @param stack the innermost frame first
   */
  static String of(StackTraceElement... stack) {
    for (StackTraceElement frame : stack) {
      String part = kernelPart(frame);
      if (part.isEmpty()) {
        part = userPart(frame.getClassName());
      }
      if (!part.isEmpty()) {
        return part;
      }
    }
    return "others";
  }

  private static String kernelPart(StackTraceElement frame) {
    String method = frame.getMethodName();
    return switch (simpleName(frame.getClassName())) {
      case "UnixNativeDispatcher" -> fileCall(method);
      case "FileDispatcherImpl", "UnixFileDispatcherImpl" -> contentCall(method);
      case "FileInputStream", "FileOutputStream", "RandomAccessFile" ->
          method.endsWith("0") || method.endsWith("Bytes") ? contentCall(method) : "";
      case "SocketDispatcher", "Net", "NioSocketImpl", "EPoll" -> "kernel: network";
      case "ProcessImpl" -> "kernel: starting processes";
      default -> "";
    };
  }

  private static String fileCall(String method) {
    if (method.contains("stat") || method.startsWith("access") || method.contains("xattr")) {
      return "kernel: attributes of files";
    }
    if (method.matches("(open(at)?|close)[0-9]*")) {
      return "kernel: opening and closing files";
    }
    if (method.contains("dir") && !method.contains("mkdir") && !method.contains("rmdir")) {
      return "kernel: listing folders";
    }
    return method.endsWith("0") ? "kernel: making, moving and deleting files" : "";
  }

  private static String contentCall(String method) {
    if (method.contains("read")) {
      return "kernel: reading files";
    }
    if (method.contains("write")) {
      return "kernel: writing files";
    }
    return "kernel: opening and closing files";
  }

  private static String userPart(String type) {
    if (type.startsWith(LAMINA)) {
      return laminaPart(type);
    }
    if (type.startsWith("java.security.") || type.startsWith("sun.security.provider.")) {
      return "SHA-256";
    }
    if (type.startsWith("com.github.luben.zstd.")) {
      return "zstd";
    }
    if (type.startsWith("jdk.internal.net.http.") || type.startsWith("sun.net.")) {
      return "the JDK's HTTP client";
    }
    if (type.startsWith("sun.nio.fs.")) {
      return "the JDK's paths and attributes";
    }
    return switch (type) {
      case "java.util.zip.Inflater" -> "inflating (zlib)";
      case "java.util.zip.Deflater" -> "deflating (zlib)";
      case "java.util.zip.CRC32" -> "CRC-32";
      default -> "";
    };
  }

  /** The decoder, the encoder's two halves, or else the package. */
  private static String laminaPart(String type) {
    if (type.startsWith(LAMINA + "deflate.")) {
      String name = simpleName(type);
      if (DECODER.contains(name)) {
        return "inflating";
      }
      return name.endsWith("MatchFinder") ? "deflate: matches" : "deflate: codes";
    }
    int end = type.indexOf('.', LAMINA.length());
    return end < 0 ? "dev.lamina" : "dev.lamina." + type.substring(LAMINA.length(), end);
  }

  private static String simpleName(String type) {
    int inner = type.indexOf('$');
    String outer = inner < 0 ? type : type.substring(0, inner);
    return outer.substring(outer.lastIndexOf('.') + 1);
  }
}
