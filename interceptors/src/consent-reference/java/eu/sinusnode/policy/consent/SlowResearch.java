package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.consent.SlowReference.Asked;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;

/**
 * What comes of a record for research, as docs/minimisation.md says it, word by word and without anything that the server
 * decides with: masked, or not at all.
 */
public final class SlowResearch {

    /** What is permitted for this purpose leaves by an export alone, and masked. */
    public static final String PURPOSE = "HRESCH";

    /** The types that leave, and whether a record of it says nothing without a code of its own. */
    private static final Map<String, Boolean> LEAVE = Map.ofEntries(
            Map.entry("AllergyIntolerance", true),
            Map.entry("Condition", true),
            Map.entry("Encounter", false),
            Map.entry("Immunization", true),
            Map.entry("Medication", true),
            Map.entry("MedicationAdministration", true),
            Map.entry("MedicationRequest", true),
            Map.entry("MedicationStatement", true),
            Map.entry("Observation", true),
            Map.entry("Patient", false),
            Map.entry("Procedure", true));

    /** LOINC, SNOMED CT, ICD-10-GM, OPS, ATC, PZN, ISO 11073. */
    private static final Set<String> SYSTEMS = Set.of(
            "http://loinc.org",
            "http://snomed.info/sct",
            "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
            "http://fhir.de/CodeSystem/bfarm/ops",
            "http://fhir.de/CodeSystem/bfarm/atc",
            "http://www.whocc.no/atc",
            "http://fhir.de/CodeSystem/ifa/pzn",
            "urn:iso:std:iso:11073:10101");

    /** HL7's own, and SinusNode's. */
    private static final List<String> FAMILIES = List.of(
            "http://terminology.hl7.org/CodeSystem/",
            "http://hl7.org/fhir/",
            "https://sinusnode.eu/fhir/CodeSystem/");

    private final SlowReference consented;

    public SlowResearch(SlowReference consented) {
        this.consented = consented;
    }

    /**
     * Whether an export holds it for who may have exports alone.
     *
     * @param unsigned whether it is a finding that nobody has signed
     */
    public boolean masks(List<Consent> consents, Asked asked, boolean unsigned) {
        Boolean needsCode = LEAVE.get(asked.type());
        if (needsCode == null || unsigned || !asked.purpose().equals(PURPOSE)) {
            return false;
        }
        boolean saysSomething = !needsCode || asked.codes().stream().anyMatch(SlowResearch::leaves);
        return saysSomething && consented.permits(consents, asked);
    }

    private static boolean leaves(String code) {
        String system = code.substring(0, code.indexOf('|'));
        return SYSTEMS.contains(system) || FAMILIES.stream().anyMatch(system::startsWith);
    }
}
