package eu.sinusnode.policy.authorization;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entry of a batch as the request that it stands for (FHIR R4, http.html, batch). Whether that request is open
 * is not decided here: it goes the whole way by itself. Refused is what is no request to this server's FHIR base, what
 * would be a batch inside a batch, and what cannot be answered inside a Bundle.
 */
public final class BatchForm {

    private static final String SEGMENT = "[A-Za-z0-9$_\\-.]{1,64}";
    private static final Pattern URL =
            Pattern.compile("(" + SEGMENT + "(?:/" + SEGMENT + "){0,5})/?(?:\\?([^\\s\\p{Cntrl}#]{0,8192}))?");
    private static final Pattern HEADER_VALUE = Pattern.compile("[^\\p{Cntrl}]{1,1024}");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** The batch says in which form its answers come. */
    private static final Set<String> FORM_OF_ANSWER = Set.of("_format", "_pretty");

    private static final Set<HTTPVerb> OPEN =
            Set.of(HTTPVerb.GET, HTTPVerb.POST, HTTPVerb.PUT, HTTPVerb.PATCH, HTTPVerb.DELETE);

    private final AccessMatrix matrix;
    private final String base;

    /** What came of an entry. */
    public sealed interface Reading {
        record Request(BatchEntry entry) implements Reading {}

        record Refused(Decision.Deny deny) implements Reading {}
    }

    private static final class NotOpen extends RuntimeException {
        private NotOpen(String reason) {
            super(reason, null, false, false);
        }
    }

    /** @param serverBase the FHIR base URL without a slash at its end; entries may repeat it */
    public BatchForm(AccessMatrix matrix, String serverBase) {
        this.matrix = matrix;
        this.base = serverBase + "/";
    }

    /** @param at where the entry stands, e.g. {@code Bundle.entry[0]}, for the text of a refusal */
    public Reading read(BundleEntryComponent entry, String at) {
        try {
            return new Reading.Request(request(entry, at));
        } catch (NotOpen e) {
            return new Reading.Refused(new Decision.Deny(DenialCode.BUNDLE, String.valueOf(e.getMessage())));
        }
    }

    private BatchEntry request(BundleEntryComponent entry, String at) {
        BundleEntryRequestComponent request = entry.getRequest();
        HTTPVerb method = request.getMethod();
        if (method == null || !OPEN.contains(method)) {
            throw new NotOpen(at + ".request.method must be GET, POST, PUT, PATCH or DELETE");
        }
        String url = request.getUrl() == null ? "" : request.getUrl();
        Matcher parts = URL.matcher(url.startsWith(base) ? url.substring(base.length()) : url);
        if (!parts.matches()) {
            throw new NotOpen(
                    at + ".request.url must be a URL relative to the FHIR base, such as Patient?_id=…; a batch"
                            + " has no batch or transaction inside");
        }
        String path = parts.group(1);
        List<String> segments = List.of(path.split("/", -1));
        if (segments.contains(".") || segments.contains("..")) {
            throw new NotOpen(at + ".request.url leaves the FHIR base");
        }
        String last = segments.get(segments.size() - 1);
        if (matrix.isStreamed(last)) {
            throw new NotOpen(at + ".request.url: " + last + " answers with a stream, so it is called by itself");
        }
        demandBody(entry, method, at);
        return new BatchEntry(
                method.toCode(), path, query(parts.group(2)), conditions(request, at), entry.getResource());
    }

    private static void demandBody(BundleEntryComponent entry, HTTPVerb method, String at) {
        boolean needed = method == HTTPVerb.PUT || method == HTTPVerb.PATCH;
        boolean possible = needed || method == HTTPVerb.POST;
        if (entry.getResource() == null ? needed : !possible) {
            throw new NotOpen(at + ".resource " + (needed ? "is missing" : "does not fit a " + method.toCode()));
        }
    }

    private static @Nullable String query(@Nullable String given) {
        if (given == null) {
            return null;
        }
        String kept = Arrays.stream(given.split("&", -1))
                .filter(part -> !FORM_OF_ANSWER.contains(part.split("=", 2)[0]))
                .collect(Collectors.joining("&"));
        return kept.isEmpty() ? null : kept;
    }

    private static Map<String, String> conditions(BundleEntryRequestComponent request, String at) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (request.hasIfMatch()) {
            headers.put("If-Match", value(request.getIfMatch(), at + ".request.ifMatch"));
        }
        if (request.hasIfNoneMatch()) {
            headers.put("If-None-Match", value(request.getIfNoneMatch(), at + ".request.ifNoneMatch"));
        }
        if (request.hasIfNoneExist()) {
            headers.put("If-None-Exist", value(request.getIfNoneExist(), at + ".request.ifNoneExist"));
        }
        if (request.hasIfModifiedSince()) {
            Instant since = request.getIfModifiedSince().toInstant();
            headers.put("If-Modified-Since", HTTP_DATE.format(since));
        }
        return headers;
    }

    private static String value(String given, String at) {
        if (!HEADER_VALUE.matcher(given).matches()) {
            throw new NotOpen(at + " is no value of a header");
        }
        return given;
    }
}
