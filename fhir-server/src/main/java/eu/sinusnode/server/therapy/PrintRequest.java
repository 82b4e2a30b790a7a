package eu.sinusnode.server.therapy;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.server.rest.GivenParameters;
import eu.sinusnode.therapy.print.PlanSheet;
import eu.sinusnode.therapy.print.PrintLanguage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be printed, and how.
 *
 * @param letter a letter; else the plan
 * @param pdf as PDF; else as HTML
 */
record PrintRequest(boolean letter, boolean pdf, PrintLanguage language, ZoneId zone) {

    /** What a page may do in a browser: show its own stylesheet, and nothing else. */
    static final String CONTENT_POLICY = "default-src 'none'; style-src 'sha256-%s'; frame-ancestors 'none'"
            .formatted(sha256(PlanSheet.stylesheet()));

    private static final String PLAN = "plan";
    private static final String LETTER = "letter";
    private static final Set<String> AS_PDF = Set.of("application/pdf", "pdf", "application/*", "*/*", "*");
    private static final Set<String> AS_HTML = Set.of("text/html", "html", "application/xhtml+xml", "text/*");

    static PrintRequest of(RequestDetails request) {
        GivenParameters given =
                GivenParameters.of(request, null, Set.of("kind", "language", "zone"), false, PrintRequest::malformed);
        String kind = Optional.ofNullable(given.one("kind")).orElse(PLAN);
        if (!kind.equals(PLAN) && !kind.equals(LETTER)) {
            throw malformed("kind is plan or letter");
        }
        return new PrintRequest(
                kind.equals(LETTER),
                isPdf(request),
                language(given.one("language"), request),
                ProgressOperation.zone(given.one("zone")));
    }

    /** Names nobody. */
    String fileName() {
        return (letter ? "letter" : "therapy-plan") + "-" + language.tag() + (pdf ? ".pdf" : ".html");
    }

    private static PrintLanguage language(@Nullable String asked, RequestDetails request) {
        return asked == null
                ? PrintLanguage.accepted(request.getHeader("Accept-Language"))
                : PrintLanguage.of(asked).orElseThrow(() -> malformed("language is de or en"));
    }

    /** {@code _format} comes before the header, in which the first that can be given counts; without either it is PDF. */
    private static boolean isPdf(RequestDetails request) {
        String[] formats = request.getParameters().get(Constants.PARAM_FORMAT);
        List<String> asked = formats != null
                ? Arrays.asList(formats)
                : request.getHeaders(Constants.HEADER_ACCEPT).stream()
                        .flatMap(header -> Stream.of(header.split(",", -1)))
                        .toList();
        if (asked.isEmpty()) {
            return true;
        }
        return asked.stream()
                .map(format -> format.replaceFirst(";.*", "").trim().toLowerCase(Locale.ROOT))
                .filter(format -> AS_PDF.contains(format) || AS_HTML.contains(format))
                .findFirst()
                .map(AS_PDF::contains)
                .orElseThrow(() -> Problems.exception(
                        RequestProblem.NOT_ACCEPTABLE, "it is given as application/pdf or text/html"));
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.PLAN_REQUEST, what);
    }
}
