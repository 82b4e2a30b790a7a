package eu.sinusnode.launcher.therapy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.http.FhirEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A clinic's calendar of video consultations, with one free time in two days. */
final class VideoCalendar {

    private static final String SCHEDULE = "urn:uuid:5b2e1c52-4f0b-4e0e-8a43-6f1d0c1b2a39";
    private static final String SLOT = "urn:uuid:5b2e1c52-4f0b-4e0e-8a43-6f1d0c1b2a40";
    private static final Duration AHEAD = Duration.ofDays(2);
    private static final Duration LENGTH = Duration.ofMinutes(20);

    private final FhirEndpoint loader;
    private final FhirEndpoint clinic;

    /**
     * @param loader puts the service into the directory
     * @param clinic whose calendar it is
     */
    VideoCalendar(FhirEndpoint loader, FhirEndpoint clinic) {
        this.loader = loader;
        this.clinic = clinic;
    }

    /** @return {@code Slot/[id]} of a free time, in its first version */
    String open(String organization) {
        String id = UUID.nameUUIDFromBytes(("video consultation of " + organization).getBytes(StandardCharsets.UTF_8))
                .toString();
        ObjectNode service = FhirJson.resource("HealthcareService")
                .put("id", id)
                .put("active", true)
                .put("name", "Video consultation");
        service.set("providedBy", FhirJson.reference(organization));
        service.putArray("characteristic")
                .addObject()
                .putArray("coding")
                .addObject()
                .put("system", "http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .put("code", "VR");
        Sent.demand(loader.put("HealthcareService/" + id, FhirJson.bytes(service)), "The service of the calendar");

        ObjectNode schedule = FhirJson.resource("Schedule").put("active", true);
        schedule.putArray("actor").add(FhirJson.reference("HealthcareService/" + id));
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(AHEAD);
        ObjectNode slot = FhirJson.resource("Slot").put("status", "free");
        slot.set("schedule", FhirJson.reference(SCHEDULE));
        slot.put("start", start.toString()).put("end", start.plus(LENGTH).toString());
        ObjectNode transaction = FhirJson.transaction();
        FhirJson.create(transaction, schedule, SCHEDULE);
        FhirJson.create(transaction, slot, SLOT);
        Answer stored = Sent.demand(clinic.post("", FhirJson.bytes(transaction)), "The calendar");
        String location = stored.body()
                .path("entry")
                .path(1)
                .path("response")
                .path("location")
                .asText();
        return location.replaceAll("/_history/.*", "").replaceAll(".*/(Slot/)", "$1");
    }
}
