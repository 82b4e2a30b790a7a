package eu.sinusnode.server.attack.malformed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that came back until the server closed.
 *
 * @param text empty when it closed without a word
 */
record RawAnswer(String text) {

    private static final Pattern CONTINUE = Pattern.compile("HTTP/1\\.1 100[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})[ \r]");

    static final RawAnswer NONE_IN_TIME = new RawAnswer("none in time");

    /** That a body may be sent is no answer to it. */
    RawAnswer {
        Matcher interim = CONTINUE.matcher(text);
        text = interim.lookingAt() ? text.substring(interim.end()) : text;
    }

    /** 0 when there was none. */
    int status() {
        Matcher status = STATUS.matcher(text);
        return status.lookingAt() ? Integer.parseInt(status.group(1)) : 0;
    }

    String body() {
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? "" : text.substring(end + 4);
    }
}
