package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.profiles.Codes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.MedicationRequest;

/** From FHIR resources to what rules ask of a record. What is not coded, or in codes that are not known, is not seen. */
final class FactsOfResources {

    private static final Set<String> ICD_10 = Set.of(Codes.ICD_10_GM, "http://hl7.org/fhir/sid/icd-10");
    private static final Set<String> ATC = Set.of("http://fhir.de/CodeSystem/bfarm/atc", "http://www.whocc.no/atc");
    private static final String CERTAINTY = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit";
    /** Of a diagnosis in ICD-10-GM: excluded, suspected. */
    private static final Set<String> UNCERTAIN = Set.of("A", "V");

    private static final Set<String> NOT_VERIFIED =
            Set.of("refuted", "entered-in-error", "unconfirmed", "provisional", "differential");
    private static final Set<String> OVER = Set.of("inactive", "remission", "resolved");
    /** What counts for good once it has happened. */
    private static final Set<Diagnosis> LASTING = Set.of(
            Diagnosis.STROKE,
            Diagnosis.VASCULAR_DISEASE,
            Diagnosis.BLEEDING,
            Diagnosis.MECHANICAL_VALVE_OR_MITRAL_STENOSIS,
            Diagnosis.DIALYSIS_OR_KIDNEY_TRANSPLANT);

    private FactsOfResources() {}

    static Recorded<Diagnosis> diagnoses(List<Condition> conditions) {
        Map<Diagnosis, Set<String>> found = new EnumMap<>(Diagnosis.class);
        for (Condition condition : conditions) {
            for (Diagnosis diagnosis : diagnosesOf(condition)) {
                found.computeIfAbsent(diagnosis, ignored -> new TreeSet<>()).add(Versions.reference(condition));
            }
        }
        return Recorded.of(found);
    }

    private static Set<Diagnosis> diagnosesOf(Condition condition) {
        Set<Diagnosis> all = new TreeSet<>();
        if (hasAny(condition.getVerificationStatus(), NOT_VERIFIED)) {
            return all;
        }
        for (Coding coding : condition.getCode().getCoding()) {
            if (!coding.hasCode() || isUncertain(coding)) {
                continue;
            }
            if (ICD_10.contains(coding.getSystem())) {
                all.addAll(Diagnosis.ofIcd10(coding.getCode()));
            } else if (Codes.SNOMED.equals(coding.getSystem())) {
                all.addAll(Diagnosis.ofSnomed(coding.getCode()));
            }
        }
        if (hasAny(condition.getClinicalStatus(), OVER)) {
            all.retainAll(LASTING);
        }
        return all;
    }

    private static boolean isUncertain(Coding coding) {
        return coding.getExtensionByUrl(CERTAINTY) != null
                && coding.getExtensionByUrl(CERTAINTY).getValue() instanceof Coding certainty
                && UNCERTAIN.contains(certainty.getCode());
    }

    private static boolean hasAny(CodeableConcept concept, Set<String> codes) {
        return concept.getCoding().stream().anyMatch(coding -> codes.contains(coding.getCode()));
    }

    /** A drug without an ATC code may be any: then only what is found is known, and not what is absent. */
    static Recorded<DrugClass> drugs(List<MedicationRequest> requests) {
        Map<DrugClass, Set<String>> found = new EnumMap<>(DrugClass.class);
        boolean all = true;
        for (MedicationRequest request : requests) {
            List<String> codes = request.hasMedicationCodeableConcept()
                    ? request.getMedicationCodeableConcept().getCoding().stream()
                            .filter(coding -> ATC.contains(coding.getSystem()) && coding.hasCode())
                            .map(Coding::getCode)
                            .toList()
                    : List.of();
            all &= !codes.isEmpty();
            codes.stream().flatMap(code -> DrugClass.ofAtc(code).stream()).forEach(drug -> found.computeIfAbsent(
                            drug, ignored -> new TreeSet<>())
                    .add(Versions.reference(request)));
        }
        return all
                ? Recorded.of(found)
                : new Recorded<DrugClass>(found, "The record names a drug without an ATC code, which may be any.");
    }
}
