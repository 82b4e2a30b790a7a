package eu.sinusnode.server.attack.malformed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every answer has to be, whatever was asked. */
final class AnswerRules {

    /** What a server of HTTP says before there is a request: not implemented, version not supported. */
    private static final Set<Integer> OF_HTTP = Set.of(501, 505);

    private static final Pattern INSIDE = Pattern.compile(
            "(?:java|javax|jakarta|org|com|ca|eu)\\.[a-z]+\\.[\\w.$]*|\\b\\w{1,80}(?:Exception|Error)\\b|HAPI-\\d|Tomcat|PSQL|"
                    + "\\bat [\\w.$]+\\([\\w.]+:\\d+\\)|hfj_|root:x:0|SELECT .* FROM");
    private static final Pattern CODE = Pattern.compile("SN-[A-Z]+-\\d{3}");

    private final String secret;

    /** @param secret of a patient who permits nothing; no answer may have it */
    AnswerRules(String secret) {
        this.secret = secret;
    }

    /** What is wrong with an answer; empty when nothing is. */
    List<String> broken(RawRequest request, RawAnswer answer) {
        List<String> broken = new ArrayList<>();
        boolean ofHttp = request.feature().startsWith("HTTP");
        int status = answer.status();
        if (answer.equals(RawAnswer.NONE_IN_TIME)) {
            broken.add("no answer in time");
        } else if (status == 0 && !ofHttp) {
            broken.add("no answer");
        }
        if (status >= 500 && !(ofHttp && OF_HTTP.contains(status))) {
            broken.add("status " + status);
        }
        if (answer.text().contains(secret)) {
            broken.add("a hidden patient's value");
        }
        if (status >= 400) {
            told(request, answer).ifPresent(found -> broken.add("tells of the inside: " + found));
            boolean hasBody = !answer.body().isBlank() && !request.head().startsWith("HEAD");
            boolean likeAnUnknownRecord = status == 404 && answer.body().contains("is not known");
            if (!ofHttp
                    && hasBody
                    && !likeAnUnknownRecord
                    && !CODE.matcher(answer.body()).find()) {
                broken.add("no code");
            }
        }
        return broken;
    }

    /** What the caller wrote itself may be said back. */
    private static Optional<String> told(RawRequest request, RawAnswer answer) {
        String asked = request.head() + new String(request.body(), StandardCharsets.UTF_8);
        Matcher inside = INSIDE.matcher(answer.body());
        while (inside.find()) {
            if (!asked.contains(inside.group())
                    && !inside.group().startsWith("org.hl7")
                    && !isAddress(inside.group())) {
                return Optional.of(inside.group());
            }
        }
        return Optional.empty();
    }

    /** {@code http://terminology.hl7.org/…}: a host's name looks like a package's. */
    private static boolean isAddress(String text) {
        return text.startsWith("org.example") || text.startsWith("eu.sinusnode.example");
    }
}
