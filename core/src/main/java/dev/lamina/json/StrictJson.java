// SPDX-License-Identifier: Apache-2.0
package dev.lamina.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON as RFC 8259 has it, and refuses what two readers could understand differently: invalid
 * UTF-8, a name given twice, anything after the value, nesting deeper than {@value #MAX_DEPTH}.
 *
 * <p>Members keep their order and numbers their text, so that {@link GoJson} can write back what it
 * was given.
 */
public final class StrictJson {
  private static final int MAX_DEPTH = 64;

  private StrictJson() {}

  /**
   * Reads one JSON object.
   *
   * @param what names the document in exceptions
   * @param maxBytes the largest document taken
   * @throws InvalidJsonException if {@code bytes} is anything else
   */
  public static JsonObject parseObject(byte[] bytes, String what, int maxBytes)
      throws InvalidJsonException {
    JsonElement element = parse(bytes, what, maxBytes);
    if (!element.isJsonObject()) {
      throw new InvalidJsonException(what + ": expected a JSON object, found " + kind(element));
    }
    return element.getAsJsonObject();
  }

  /** Reads one JSON value; see {@link #parseObject}. */
  public static JsonElement parse(byte[] bytes, String what, int maxBytes)
      throws InvalidJsonException {
    if (bytes.length > maxBytes) {
      throw new InvalidJsonException(
          what + ": expected at most " + maxBytes + " bytes of JSON, found " + bytes.length);
    }
    try (JsonReader reader = new JsonReader(new StringReader(decode(bytes)))) {
      reader.setStrictness(Strictness.STRICT);
      reader.setNestingLimit(MAX_DEPTH);
      JsonElement element = read(reader, what);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new InvalidJsonException(what + ": expected one JSON value, found more after it");
      }
      return element;
    } catch (CharacterCodingException e) {
      throw new InvalidJsonException(what + ": expected JSON in UTF-8, found other bytes", e);
    } catch (MalformedJsonException | EOFException e) {
      throw new InvalidJsonException(what + ": not valid JSON: " + firstSentence(e), e);
    } catch (InvalidJsonException e) {
      throw e;
    } catch (IOException | IllegalStateException e) {
      throw new InvalidJsonException(what + ": not valid JSON", e);
    }
  }

  /** Names the JSON type of {@code element}. */
  static String kind(JsonElement element) {
    if (element.isJsonObject()) {
      return "an object";
    }
    if (element.isJsonArray()) {
      return "an array";
    }
    if (element.isJsonNull()) {
      return "null";
    }
    JsonPrimitive primitive = element.getAsJsonPrimitive();
    return primitive.isString() ? "a string" : primitive.isBoolean() ? "a boolean" : "a number";
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    if (bytes.length > 0 && bytes[0] == (byte) 0xEF) {
      throw new CharacterCodingException(); // a byte order mark, which gson would skip
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static JsonElement read(JsonReader reader, String what) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> readObject(reader, what);
      case BEGIN_ARRAY -> readArray(reader, what);
      case STRING -> new JsonPrimitive(reader.nextString());
      case NUMBER -> new JsonPrimitive(ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(reader));
      case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
      case NULL -> {
        reader.nextNull();
        yield JsonNull.INSTANCE;
      }
      default ->
          throw new InvalidJsonException(what + ": expected a JSON value, found " + reader.peek());
    };
  }

  private static JsonArray readArray(JsonReader reader, String what) throws IOException {
    JsonArray array = new JsonArray();
    reader.beginArray();
    while (reader.hasNext()) {
      array.add(read(reader, what));
    }
    reader.endArray();
    return array;
  }

  private static JsonObject readObject(JsonReader reader, String what) throws IOException {
    JsonObject object = new JsonObject();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (object.has(name)) {
        throw new InvalidJsonException(
            what + ": expected each name once, found \"" + name + "\" twice in one object");
      }
      object.add(name, read(reader, what));
    }
    reader.endObject();
    return object;
  }

  private static String firstSentence(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
