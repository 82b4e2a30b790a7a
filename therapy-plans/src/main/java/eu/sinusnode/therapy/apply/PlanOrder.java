package eu.sinusnode.therapy.apply;

import eu.sinusnode.profiles.Canonicals;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import org.hl7.fhir.r4.model.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * For whom and by whom a plan is made.
 *
 * @param key of the plan: the same order has the same one, so that what is made of it can be stored once
 * @param practitioner {@code Practitioner/[id]}
 * @param organization {@code Organization/[id]} of the clinic
 * @param start the first day of the plan
 */
public record PlanOrder(
        UUID key, String practitioner, @Nullable String organization, LocalDate start) {

    /**
     * @param programme url of the PlanDefinition
     * @param patient {@code Patient/[id]}
     * @param before how many plans of the programme the patient has had
     */
    public static UUID key(String programme, String patient, int before) {
        return UUID.nameUUIDFromBytes((programme + "\n" + patient + "\n" + before).getBytes(StandardCharsets.UTF_8));
    }

    /** What a part of the plan is known by; the plan itself has the empty name. */
    Identifier identifier(String part) {
        return new Identifier()
                .setSystem(Canonicals.THERAPY_PLAN_IDENTIFIER)
                .setValue(part.isEmpty() ? key.toString() : key + "." + part);
    }

    /** What a part of the plan is called until it is stored. */
    String placeholder(String part) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes((key + "." + part).getBytes(StandardCharsets.UTF_8));
    }
}
