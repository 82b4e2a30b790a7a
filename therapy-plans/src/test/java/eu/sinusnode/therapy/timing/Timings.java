package eu.sinusnode.therapy.timing;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Timing;

/** Timings as they are written in JSON, and what they mean for a patient in Berlin. */
public final class Timings {

    public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final FhirContext R4 = FhirContext.forR4Cached();

    private Timings() {}

    static Timing written(String json) {
        String order =
                "{\"resourceType\":\"MedicationRequest\",\"dosageInstruction\":[{\"timing\":%s}]}".formatted(json);
        return R4.newJsonParser()
                .parseResource(MedicationRequest.class, order)
                .getDosageInstructionFirstRep()
                .getTiming();
    }

    public static Timing repeated(String repeat) {
        return written("{\"repeat\":{%s}}".formatted(repeat));
    }

    public static Instant local(String text) {
        return LocalDateTime.parse(text).atZone(BERLIN).toInstant();
    }

    public static Recurrence read(Timing timing, String planned) throws UnreadableTiming {
        return new TimingReader(BERLIN, DayRhythm.USUAL).read(timing, local(planned));
    }

    /** Local times as {@code MM-dd HH:mm}. */
    static List<String> due(Timing timing, String planned, String from, String to) throws UnreadableTiming {
        return read(timing, planned).between(local(from), local(to)).stream()
                .map(occurrence ->
                        LocalDateTime.ofInstant(occurrence.at(), BERLIN).toString())
                .map(text -> text.substring(5, 16).replace('T', ' '))
                .toList();
    }
}
