package eu.sinusnode.server.batch;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.util.DateUtils;
import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The answer to one entry.
 *
 * @param location relative to the FHIR base, or null
 * @param etag as the header has it, or null
 * @param content one resource in the format of the batch's answer, or null
 */
public record EntryAnswer(
        int status,
        @Nullable String location,
        @Nullable String etag,
        @Nullable Instant lastModified,
        @Nullable String content) {

    static EntryAnswer of(int status, @Nullable String content) {
        return new EntryAnswer(status, null, null, null, content);
    }

    /** @param base the FHIR base URL without a slash at its end */
    static EntryAnswer of(EntryResponse response, String base) {
        String text = response.content().text();
        return new EntryAnswer(
                response.getStatus(),
                location(response.getHeader("Location"), base),
                response.getHeader("ETag"),
                instant(response.getHeader("Last-Modified")),
                text.isEmpty() ? null : text);
    }

    /**
     * For an operation whose caller's own request was refused: it is refused likewise, with what that was answered.
     *
     * @param what what was not done therefore
     */
    public BaseServerResponseException refusal(FhirContext context, String what) {
        BaseServerResponseException refusal = BaseServerResponseException.newInstance(status, what);
        refusal.setOperationOutcome(
                content == null ? null : context.newJsonParser().parseResource(OperationOutcome.class, content));
        return refusal;
    }

    EntryAnswer withoutContent() {
        return new EntryAnswer(status, location, etag, lastModified, null);
    }

    /** {@code 201 Created}. */
    String statusLine() {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? Integer.toString(status) : status + " " + known.getReasonPhrase();
    }

    private static @Nullable String location(@Nullable String header, String base) {
        return header != null && header.startsWith(base + "/") ? header.substring(base.length() + 1) : header;
    }

    private static @Nullable Instant instant(@Nullable String header) {
        Date date = header == null ? null : DateUtils.parseDate(header);
        return date == null ? null : date.toInstant();
    }
}
