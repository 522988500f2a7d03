// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lamina.json.GoJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Writes SPDX 2.3 in JSON: a document that describes the image, which contains the packages.
 *
 * @see <a href="https://spdx.github.io/spdx-spec/v2.3/">the specification</a>
 */
final class SpdxDocument {
  private static final String NONE = "NOASSERTION";
  private static final String IMAGE = "SPDXRef-Image";

  private final Sbom sbom;
  private final Set<String> ids = new HashSet<>();
  private final JsonArray packages = new JsonArray();
  private final JsonArray relationships = new JsonArray();

  private SpdxDocument(Sbom sbom) {
    this.sbom = sbom;
  }

  static String write(Sbom sbom) {
    SpdxDocument document = new SpdxDocument(sbom);
    document.image();
    sbom.packages().forEach(document::add);
    return new String(GoJson.write(document.json()), StandardCharsets.UTF_8);
  }

  private JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("spdxVersion", "SPDX-2.3");
    json.addProperty("dataLicense", "CC0-1.0");
    json.addProperty("SPDXID", "SPDXRef-DOCUMENT");
    json.addProperty("name", sbom.name());
    byte[] digest = sbom.image().toString().getBytes(StandardCharsets.UTF_8);
    json.addProperty("documentNamespace", "urn:uuid:" + UUID.nameUUIDFromBytes(digest));
    JsonObject creation = new JsonObject();
    Instant seconds = sbom.created().truncatedTo(ChronoUnit.SECONDS); // SPDX has no fractions
    creation.addProperty("created", seconds.toString());
    JsonArray creators = new JsonArray();
    creators.add("Tool: lamina");
    creation.add("creators", creators);
    json.add("creationInfo", creation);
    json.add("packages", packages);
    json.add("relationships", relationships);
    return json;
  }

  private void image() {
    JsonObject image = common(sbom.name(), IMAGE, sbom.image().toString());
    image.addProperty("primaryPackagePurpose", "CONTAINER");
    JsonObject checksum = new JsonObject();
    checksum.addProperty("algorithm", sbom.image().algorithm().toUpperCase(Locale.ROOT));
    checksum.addProperty("checksumValue", sbom.image().hex());
    JsonArray checksums = new JsonArray();
    checksums.add(checksum);
    image.add("checksums", checksums);
    String last = sbom.name().replaceFirst("[:@].*", "").replaceFirst(".*/", "");
    reference(image, PackageUrl.of("oci", "", last, sbom.image().toString(), Map.of()));
    packages.add(image);
    relate("SPDXRef-DOCUMENT", "DESCRIBES", IMAGE);
  }

  private void add(SoftwarePackage each) {
    String id = id(each);
    JsonObject json = common(each.name(), id, each.version());
    json.addProperty("sourceInfo", "found in " + each.source());
    if (Licenses.isExpression(each.license())) {
      json.addProperty("licenseDeclared", each.license());
    } else if (!each.license().isEmpty()) {
      json.addProperty("licenseComments", "declared as: " + each.license());
    }
    reference(json, each.url());
    packages.add(json);
    relate(IMAGE, "CONTAINS", id);
  }

  private static JsonObject common(String name, String id, String version) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("SPDXID", id);
    if (!version.isEmpty()) {
      json.addProperty("versionInfo", version);
    }
    json.addProperty("supplier", NONE);
    json.addProperty("downloadLocation", NONE);
    json.addProperty("filesAnalyzed", false);
    json.addProperty("licenseConcluded", NONE);
    json.addProperty("licenseDeclared", NONE);
    json.addProperty("copyrightText", NONE);
    return json;
  }

  private static void reference(JsonObject json, String url) {
    JsonObject reference = new JsonObject();
    reference.addProperty("referenceCategory", "PACKAGE-MANAGER");
    reference.addProperty("referenceType", "purl");
    reference.addProperty("referenceLocator", url);
    JsonArray references = new JsonArray();
    references.add(reference);
    json.add("externalRefs", references);
  }

  private void relate(String from, String type, String to) {
    JsonObject relationship = new JsonObject();
    relationship.addProperty("spdxElementId", from);
    relationship.addProperty("relationshipType", type);
    relationship.addProperty("relatedSpdxElement", to);
    relationships.add(relationship);
  }

  private String id(SoftwarePackage each) {
    String kind = each.kind().name().toLowerCase(Locale.ROOT);
    String base = kind + "-" + each.name() + (each.version().isEmpty() ? "" : "-" + each.version());
    String id = "SPDXRef-" + base.replaceAll("[^A-Za-z0-9.]+", "-");
    String unique = id;
    for (int i = 2; !ids.add(unique); i++) {
      unique = id + "-" + i;
    }
    return unique;
  }
}
