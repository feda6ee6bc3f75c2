package io.depthcast.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/1.1 (RFC 9110, RFC 9112) as bare bytes: what is sent, and the statuses of all that comes back. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NeedsSockets
class HttpConformanceTest {
    private static final Pattern STATUS = Pattern.compile("HTTP/[12]\\.[01] ([0-9]{3}) ");
    private static final String HOST = "Host: localhost~";
    private static final String LAST = "GET /nope HTTP/1.1~Host: localhost~Connection: close~~";

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** {@code ~} ends a line; {@code LAST} is a request for nothing after which the connection ends, {@code H} a Host. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                // Methods.
                "HEAD                       ; HEAD /docs/ HTTP/1.1~H~LAST                                   ; 200 404",
                "HEAD of a body             ; HEAD /v1/instruments HTTP/1.1~H~LAST                          ; 200 404",
                "POST of a page             ; POST /docs/ HTTP/1.1~HContent-Length: 0~~LAST                ; 405 404",
                "PUT with a body            ; PUT / HTTP/1.1~HContent-Length: 3~~abcLAST                   ; 405 404",
                "DELETE                     ; DELETE /v1/book/BTC-USD HTTP/1.1~H~LAST                       ; 405 404",
                "OPTIONS                    ; OPTIONS /docs/ HTTP/1.1~H~LAST                                ; 405 404",
                "OPTIONS of all             ; OPTIONS * HTTP/1.1~H~                                         ; 400",
                "TRACE                      ; TRACE /docs/ HTTP/1.1~H~LAST                                  ; 405 404",
                "CONNECT                    ; CONNECT localhost:80 HTTP/1.1~H~                              ; 400",
                "an invented method         ; BREW /docs/ HTTP/1.1~H~                                       ; 501",
                "a method in small letters  ; get /docs/ HTTP/1.1~H~                                        ; 501",
                // Versions.
                "HTTP/1.0                   ; GET /nope HTTP/1.0~H~                                         ; 404",
                "HTTP/1.0 that stays        ; GET /nope HTTP/1.0~HConnection: keep-alive~~LAST              ; 404 404",
                "HTTP/2 in words            ; GET /nope HTTP/2.0~H~                                         ; 501|505|400",
                "no version                 ; GET /nope~H~                                                  ; 400",
                "nonsense                   ; hello~~                                                       ; 400",
                // Hosts.
                "no Host                    ; GET /nope HTTP/1.1~~                                          ; 400",
                "two Hosts                  ; GET /nope HTTP/1.1~HHost: b~~                                 ; 400",
                "an empty Host              ; GET /nope HTTP/1.1~Host:~Connection: close~~                  ; 404",
                "a Host with a path         ; GET /nope HTTP/1.1~Host: a/b~~                                ; 400",
                "a Host with a user         ; GET /nope HTTP/1.1~Host: a@b~~                                ; 400",
                "an absolute target         ; GET http://other/nope HTTP/1.1~H~LAST                         ; 404 404",
                // Ranges, none of which is served: whole files only.
                "a range                    ; HEAD /index.html HTTP/1.1~HRange: bytes=0-9~~LAST             ; 200 404",
                "a range backwards          ; HEAD /index.html HTTP/1.1~HRange: bytes=9-5~~LAST             ; 200 404",
                "a range of a million parts ; HEAD /index.html HTTP/1.1~HRange: bytes=0-,0-,0-,0-,0-~~LAST  ; 200 404",
                "a held file                ; GET /index.html HTTP/1.1~HIf-None-Match: *~~LAST              ; 304 404",
                "another file               ; HEAD /index.html HTTP/1.1~HIf-None-Match: \"x\"~~LAST       ; 200 404",
                // Bodies.
                "chunks                     ; GET /nope HTTP/1.1~HTransfer-Encoding: chunked~~3~abc~0~~LAST ; 404 404",
                "both lengths               ; GET /nope HTTP/1.1~HContent-Length: 3~Transfer-Encoding: chunked~~0~~ ; 400",
                "two lengths                ; GET /nope HTTP/1.1~HContent-Length: 3~Content-Length: 4~~abc  ; 400",
                "a signed length            ; GET /nope HTTP/1.1~HContent-Length: +3~~abc                   ; 400",
                "a length of words          ; GET /nope HTTP/1.1~HContent-Length: three~~                   ; 400",
                "an unknown coding          ; GET /nope HTTP/1.1~HTransfer-Encoding: gzip~~                 ; 400|404|501",
                "a chunk of no number       ; POST /nope HTTP/1.1~HTransfer-Encoding: chunked~~x~~          ; (400|404)?",
                // Heads.
                "a space before the colon   ; GET /nope HTTP/1.1~HX-A : b~~                                 ; 400",
                "a folded header            ; GET /nope HTTP/1.1~HX-A: b~ c~Connection: close~~             ; 400|404",
                "empty lines before it      ; ~~GET /nope HTTP/1.1~HConnection: close~~                     ; 404",
                "an ended name              ; GET /nope HTTP/1.1~HX%00A: b~~                                ; 400",
                // Pipelining.
                "three in one write         ; GET /a HTTP/1.1~H~GET /b HTTP/1.1~H~LAST                      ; 404 404 404",
                "nothing after the last     ; LASTLAST                                                      ; 404",
                "a good one after a bad one ; BAD~~LAST                                                     ; 400",
            })
    void shouldAnswerAsTheStandardHasIt(String name, String request, String statuses) throws IOException {
        assertThat(exchange(text(request))).as(name).matches(statuses.contains("|") ? "(" + statuses + ")" : statuses);
    }

    private static String text(String request) {
        return request.strip()
                .replace("LAST", LAST)
                .replaceFirst("HTTP/1.1~H(?!ost)", "HTTP/1.1~" + HOST)
                .replaceAll("(HTTP/[12]\\.[0-9]|/nope)~H(?!ost)", "$1~" + HOST)
                .replace("%00", "\0")
                .replace("~", "\r\n");
    }

    /** The statuses of all answers until the gateway ends the connection. */
    private static String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return statuses(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }

    private static String statuses(String answers) {
        return String.join(
                " ",
                STATUS.matcher(answers).results().map(found -> found.group(1)).toList());
    }

    @Test
    void shouldAnswerTwoThousandPipelinedRequestsInTheirOrder() throws Exception {
        int count = 2_000;
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String target = i % 2 == 0 ? "/v1/book/NOPE" + i : "/nope";
            requests.append("GET ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        requests.append(LAST.replace("~", "\r\n"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(60_000);
            Thread writer = new Thread(() -> write(socket, requests.toString()));
            writer.start();
            String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            writer.join();
            List<String> named = Pattern.compile("NOPE([0-9]+)")
                    .matcher(answers)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(STATUS.matcher(answers).results()).hasSize(count + 1);
            for (int i = 0; i < named.size(); i++) {
                assertThat(named.get(i)).isEqualTo(String.valueOf(2 * i));
            }
            assertThat(named).hasSize(count / 2);
        }
    }

    private static void write(Socket socket, String requests) {
        try {
            socket.getOutputStream().write(requests.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldAnswerWhoHasNothingMoreToSay() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write("GET /v1/instruments HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
            socket.shutdownOutput();
            assertThat(statuses(new String(socket.getInputStream().readAllBytes(), ISO_8859_1)))
                    .isIn("200", "");
        }
    }

    @ParameterizedTest
    @CsvSource({"' ', 414", "'X-A: ', 431"})
    void shouldRefuseAHeadThatIsTooLarge(String part, int status) throws IOException {
        String much = "x".repeat(20_000);
        String head = part.isBlank()
                ? "GET /" + much + " HTTP/1.1\r\nHost: a\r\n\r\n"
                : "GET / HTTP/1.1\r\nHost: a\r\n" + part + much + "\r\n\r\n";
        try {
            assertThat(exchange(head)).isEqualTo(String.valueOf(status));
        } catch (SocketException reset) {
            // What was not read of it makes the system reset the connection, at times before the answer is read.
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void shouldEndWithACountOfHeadersBeyondMeasure() throws IOException {
        String headers = "X: y\r\n".repeat(3_000);
        try {
            assertThat(exchange("GET / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n"))
                    .isEqualTo("431");
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
