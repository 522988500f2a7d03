// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority made for one test, and a certificate of it for 127.0.0.1.
 *
 * @param authority the authority's certificate, a PEM file
 * @param certificate the server's certificate and the authority's, a PEM file
 * @param key the server's key, a PEM file
 */
public record TestAuthority(Path authority, Path certificate, Path key) {
  private static final String PASSWORD = "changeit";

  /** Makes an authority and its files in a folder; the JDK's keytool does the work. */
  public static TestAuthority make(Path folder) throws IOException {
    Path store = folder.resolve("keys.p12");
    keytool(store, "-genkeypair", "-alias", "ca", "-dname", "CN=test CA", "-ext", "bc:c");
    keytool(
        store,
        "-genkeypair",
        "-alias",
        "server",
        "-dname",
        "CN=127.0.0.1",
        "-signer",
        "ca",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost,dns:registry.test");
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      Path authority = folder.resolve("ca.pem");
      Files.writeString(authority, pem("CERTIFICATE", keys.getCertificate("ca").getEncoded()));
      StringBuilder chain = new StringBuilder();
      for (Certificate each : keys.getCertificateChain("server")) {
        chain.append(pem("CERTIFICATE", each.getEncoded()));
      }
      Path certificate = Files.writeString(folder.resolve("server.pem"), chain);
      Path key = folder.resolve("server.key");
      Files.writeString(
          key, pem("PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
      return new TestAuthority(authority, certificate, key);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static String pem(String type, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }

  private static void keytool(Path store, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
