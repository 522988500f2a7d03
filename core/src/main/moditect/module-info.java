// SPDX-License-Identifier: Apache-2.0
/** Container images, built inside the JVM. What is exported here is what a caller may use. */
module dev.lamina {
  requires transitive dev.lamina.fs;
  requires transitive dev.lamina.dockerfile;
  requires com.google.gson;
  requires com.google.common;
  requires org.apache.commons.compress;
  requires java.net.http;
  requires static com.github.luben.zstd_jni;
  requires static org.junit.jupiter.api;
  requires static org.tukaani.xz;

  exports dev.lamina;
  exports dev.lamina.archive;
  exports dev.lamina.build;
  exports dev.lamina.compress;
  exports dev.lamina.context;
  exports dev.lamina.error;
  exports dev.lamina.event;
  exports dev.lamina.insight;
  exports dev.lamina.layer;
  exports dev.lamina.oci;
  exports dev.lamina.registry;
  exports dev.lamina.run;
  exports dev.lamina.script;
  exports dev.lamina.sbom;
  exports dev.lamina.spi;
  exports dev.lamina.store;
  exports dev.lamina.tar;
  exports dev.lamina.testing;
}
