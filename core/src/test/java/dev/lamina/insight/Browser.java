// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A headless Chromium with one page, driven by its DevTools protocol: clicks and keys are those of
 * a user, not calls of the page's script.
 */
final class Browser implements Closeable {
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonObject>> waiting;
  private final AtomicInteger nextId = new AtomicInteger();
  private String session = "";

  private Browser(
      Process process, WebSocket socket, Map<Integer, CompletableFuture<JsonObject>> waiting) {
    this.process = process;
    this.socket = socket;
    this.waiting = waiting;
  }

  /** Starts it; the test is skipped where there is none. */
  static Browser start(Path folder) throws Exception {
    Optional<Path> program = find();
    assumeTrue(program.isPresent(), "no Chromium on the PATH");
    Process process =
        new ProcessBuilder(
                List.of(
                    program.orElseThrow().toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--window-size=1500,1400",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + folder.resolve("profile"),
                    "about:blank"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader said = process.errorReader();
    String line = said.readLine();
    while (line != null && !line.startsWith(LISTENING)) {
      line = said.readLine();
    }
    if (line == null) {
      throw new IOException("Chromium ended with " + process.waitFor());
    }
    Thread drain = new Thread(() -> said.lines().forEach(rest -> {}), "browser output");
    drain.setDaemon(true);
    drain.start();
    Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(line.substring(LISTENING.length())), new Answers(waiting))
            .get(30, TimeUnit.SECONDS);
    return new Browser(process, socket, waiting);
  }

  private static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            dir ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(dir, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a page, and waits until its script has run. */
  void open(URI page) throws Exception {
    session = "";
    JsonObject attach =
        object(
            "targetId",
            send("Target.createTarget", object("url", "about:blank"))
                .get("targetId")
                .getAsString());
    attach.addProperty("flatten", true);
    session = send("Target.attachToTarget", attach).get("sessionId").getAsString();
    JsonObject unused = send("Page.navigate", object("url", page.toString()));
    waitFor("document.readyState === 'complete'");
  }

  /** Lets the page believe that the system is dark, or light. */
  void setDark(boolean dark) throws Exception {
    JsonObject media =
        JsonParser.parseString(
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\""
                    + (dark ? "dark" : "light")
                    + "\"}]}")
            .getAsJsonObject();
    JsonObject unused = send("Emulation.setEmulatedMedia", media);
    settle();
  }

  /** Returns what an expression is, as text. */
  String evaluate(String expression) throws Exception {
    JsonObject request = object("expression", "Promise.resolve(" + expression + ").then(String)");
    request.addProperty("awaitPromise", true);
    JsonObject answer = send("Runtime.evaluate", request);
    if (answer.has("exceptionDetails")) {
      throw new IOException(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.getAsJsonObject("result").get("value").getAsString();
  }

  /** Returns the text of the element of a selector. */
  String text(String selector) throws Exception {
    return evaluate("document.querySelector(" + quote(selector) + ").textContent");
  }

  /** Clicks in the middle of the element of a selector. */
  void click(String selector) throws Exception {
    click(selector, 0.5, 0.5);
  }

  /** Clicks in the element of a selector, at a share of its width and height. */
  void click(String selector, double across, double down) throws Exception {
    String element = "document.querySelector(" + quote(selector) + ")";
    String at =
        evaluate(
            ("(e => { e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
                    + " return (b.left + b.width * %s) + ' ' + (b.top + b.height * %s); })(%s)")
                .formatted(across, down, element));
    String[] place = at.split(" ", -1);
    for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
      JsonObject mouse = new JsonObject();
      mouse.addProperty("type", type);
      mouse.addProperty("x", Double.parseDouble(place[0]));
      mouse.addProperty("y", Double.parseDouble(place[1]));
      mouse.addProperty("button", type.equals("mouseMoved") ? "none" : "left");
      mouse.addProperty("clickCount", 1);
      JsonObject unused = send("Input.dispatchMouseEvent", mouse);
    }
    settle();
  }

  /** Types a text into what has the focus. */
  void type(String text) throws Exception {
    JsonObject unused = send("Input.insertText", object("text", text));
    settle();
  }

  /** Writes what is to be seen as a PNG. */
  void screenshot(Path file) throws Exception {
    JsonObject answer = send("Page.captureScreenshot", new JsonObject());
    Files.write(file, Base64.getDecoder().decode(answer.get("data").getAsString()));
  }

  /** Waits until what was asked for is drawn: the page draws in the next frame. */
  private void settle() throws Exception {
    String unused =
        evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))");
  }

  private void waitFor(String condition) throws Exception {
    String unused =
        evaluate(
            "new Promise(done => { const look = () => ("
                + condition
                + ") ? done(1) : setTimeout(look, 10); look(); })");
  }

  private static JsonObject object(String name, String value) {
    JsonObject object = new JsonObject();
    object.addProperty(name, value);
    return object;
  }

  private static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private JsonObject send(String method, JsonObject parameters) throws Exception {
    int id = nextId.incrementAndGet();
    JsonObject message = new JsonObject();
    message.addProperty("id", id);
    message.addProperty("method", method);
    message.add("params", parameters);
    if (!session.isEmpty() && !method.startsWith("Target.")) {
      message.addProperty("sessionId", session);
    }
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    WebSocket unused = socket.sendText(message.toString(), true).get(30, TimeUnit.SECONDS);
    JsonObject found = answer.get(60, TimeUnit.SECONDS);
    if (found.has("error")) {
      throw new IOException(method + ": " + found.get("error"));
    }
    return found.getAsJsonObject("result");
  }

  @Override
  public void close() {
    socket.abort();
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Puts the parts of messages together and gives answers to who waits for them. */
  private static final class Answers implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonObject>> waiting;
    private final StringBuilder message = new StringBuilder();

    Answers(Map<Integer, CompletableFuture<JsonObject>> waiting) {
      this.waiting = waiting;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        JsonObject json = JsonParser.parseString(message.toString()).getAsJsonObject();
        message.setLength(0);
        JsonElement id = json.get("id"); // events have none
        if (id != null) {
          waiting.remove(id.getAsInt()).complete(json);
        }
      }
      socket.request(1);
      return null;
    }
  }
}
