package eu.sinusnode.server.lane;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * The parameters by which a stream is asked for a range of patients.
 *
 * @param after id of the last patient of the range before
 * @param through id of the last patient that may be in the range, for readers who share the patients among them
 * @param patients how many patients, up to {@value #MAX_PATIENTS}; 0 reads nobody
 * @param since the {@code sequence} of an earlier answer's end line
 */
record RangeParameters(
        @Nullable StringType after,
        @Nullable StringType through,
        @Nullable StringType patients,
        @Nullable StringType since) {

    static final int DEFAULT_PATIENTS = 100;
    static final int MAX_PATIENTS = 200;

    // HAPI would answer a number that is none with a 500, so the parameters come as texts.
    private static final Pattern COUNT = Pattern.compile("0|[1-9][0-9]{0,2}");

    /** @throws InvalidRequestException when a parameter is not of its form */
    ReadingRange of(Caller caller, Instant at) {
        String organization = caller.organizationId();
        if (organization == null) {
            throw new InvalidRequestException("The caller acts for no Organization.");
        }
        return new ReadingRange(
                organization,
                caller.purpose(),
                caller.kind().relationship(),
                after == null || after.isEmpty() ? null : patientId("after", after.getValue()),
                through == null || through.isEmpty() ? null : patientId("through", through.getValue()),
                patients == null || patients.isEmpty()
                        ? DEFAULT_PATIENTS
                        : count("patients", patients.getValue(), MAX_PATIENTS),
                since == null || since.isEmpty() ? null : sequence(since.getValue()),
                at);
    }

    boolean areGiven() {
        return Stream.of(after, through, patients, since).anyMatch(one -> one != null && !one.isEmpty());
    }

    static String patientId(String name, String id) {
        return ResourceIds.parse(id)
                .orElseThrow(() -> new InvalidRequestException("'" + name + "' is the id of a Patient: a UUID."))
                .toString();
    }

    static int count(String name, String number, int most) {
        if (!COUNT.matcher(number).matches() || Integer.parseInt(number) > most) {
            throw new InvalidRequestException("'" + name + "' is a number from 0 to " + most + ".");
        }
        return Integer.parseInt(number);
    }

    private static long sequence(String since) {
        try {
            return Long.parseUnsignedLong(since);
        } catch (NumberFormatException notANumber) {
            throw new InvalidRequestException("'since' is the 'sequence' of an earlier answer.");
        }
    }
}
