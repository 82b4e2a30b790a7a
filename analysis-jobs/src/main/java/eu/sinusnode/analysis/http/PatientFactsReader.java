package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.profiles.Codes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Resource;

/**
 * Reads diagnoses and active medication of patients with readings that a rule judges by them. What the patient's consent
 * does not open whole is not asked for, and said to be unread: an empty answer would look like "none".
 */
final class PatientFactsReader {

    /** Of one kind; of a record with more of them the rest is not read, so that "not in it" cannot be said. */
    static final int MOST = 200;

    private static final Set<String> JUDGED_BY_DIAGNOSES =
            Set.of(Codes.BODY_WEIGHT, Codes.RESTING_HEART_RATE, Codes.OXYGEN_SATURATION);
    private static final Set<String> JUDGED_BY_MEDICATION = Set.of(Codes.RESTING_HEART_RATE);

    private final FhirHttp fhir;

    PatientFactsReader(FhirHttp fhir) {
        this.fhir = fhir;
    }

    /** @param there whether there may be any resource of a type; of what is not there, nothing is asked */
    PatientReadings addTo(PatientReadings readings, Predicate<String> there) {
        PatientFacts unread = readings.facts();
        Recorded<Diagnosis> diagnoses = has(readings, JUDGED_BY_DIAGNOSES)
                ? read(readings, there, Condition.class, "", "diagnoses", FactsOfResources::diagnoses)
                : unread.diagnoses();
        Recorded<DrugClass> drugs = has(readings, JUDGED_BY_MEDICATION)
                ? read(
                        readings,
                        there,
                        MedicationRequest.class,
                        "&status=active",
                        "medication",
                        FactsOfResources::drugs)
                : unread.drugs();
        return readings.withFacts(unread.with(diagnoses, drugs));
    }

    private static boolean has(PatientReadings readings, Set<String> codes) {
        return readings.vitals().stream().anyMatch(vital -> codes.contains(vital.code()));
    }

    private <R extends Resource, E extends Enum<E>> Recorded<E> read(
            PatientReadings readings,
            Predicate<String> there,
            Class<R> type,
            String narrowed,
            String what,
            Function<List<R>, Recorded<E>> meaning) {
        String name = type.getSimpleName();
        if (readings.withheld().contains(name)) {
            return Recorded.unread("The patient's consent does not open %s to automated analysis.".formatted(what));
        }
        if (!there.test(name)) {
            return meaning.apply(List.of());
        }
        String patient = URLEncoder.encode(readings.patient(), StandardCharsets.UTF_8);
        Bundle bundle = fhir.get(name + "?patient=" + patient + narrowed + "&_count=" + MOST, Bundle.class);
        Recorded<E> recorded = meaning.apply(bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList());
        return bundle.getLink(IBaseBundle.LINK_NEXT) == null
                ? recorded
                : new Recorded<E>(recorded.found(), "The record has more %s than are read.".formatted(what));
    }
}
