package eu.sinusnode.server.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much of a therapy plan was kept: what leaves of it for the rules, and what consent and labels withhold. */
class AdherenceInputsIT extends RiskInputsOfTwo {

    /** The newest of each prescription, in whichever plan it stands; without the plan, its name and why it is not computable. */
    @Test
    void adherenceOfEachPrescriptionIsGiven() throws Exception {
        permitAll(ADA);
        Observation unknown = covered(ADA, "other", "2026-10-19", null);
        unknown.setDataAbsentReason(new CodeableConcept().setText("geheim"));
        tables.create(
                storage,
                covered(ADA, "drug", "2026-10-12", "50.0"),
                covered(ADA, "drug", "2026-10-19", "75.0"),
                unknown,
                kept(ADA));

        assertThat(given())
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder(
                        canonical("""
                {"resourceType":"Observation","id":"%s","meta":{"versionId":"1"},
                "code":{"coding":[{"system":"%s","code":"days-covered"}]},
                "basedOn":[{"reference":"MedicationRequest/%s"}],
                "effectivePeriod":{"start":"2026-10-19","end":"2026-11-15"},
                "valueQuantity":{"value":75.0,"system":"http://unitsofmeasure.org","code":"%%"}}
                """.formatted(
                                        id("drug2026-10-19", ADA), Canonicals.OBSERVATION_CODES, id("drug", ADA))),
                        canonical("""
                {"resourceType":"Observation","id":"%s","meta":{"versionId":"1"},
                "code":{"coding":[{"system":"%s","code":"days-covered"}]},
                "basedOn":[{"reference":"MedicationRequest/%s"}],
                "effectivePeriod":{"start":"2026-10-19","end":"2026-11-15"}}
                """.formatted(
                                        id("other2026-10-19", ADA), Canonicals.OBSERVATION_CODES, id("other", ADA))),
                        canonical("""
                {"resourceType":"Observation","id":"%s","meta":{"versionId":"1"},
                "code":{"coding":[{"system":"%s","code":"measurements-kept"}]},
                "basedOn":[{"reference":"ServiceRequest/%s"}],"derivedFrom":[{"reference":"Observation/%s"}],
                "effectivePeriod":{"start":"2026-10-19","end":"2026-11-15"},
                "valueQuantity":{"value":42.9,"system":"http://unitsofmeasure.org","code":"%%"}}
                """.formatted(
                                id("kept", ADA), Canonicals.OBSERVATION_CODES, id("order", ADA), id("weight", ADA))));
    }

    /** The attack: a figure that is denied by its code, and one that a permit of some time cannot cover. */
    @Test
    void adherenceThatIsDeniedDoesNotLeaveAndIsNamed() throws Exception {
        tables.create(storage, covered(ADA, "drug", "2026-10-19", "75.0"), covered(BEN, "drug", "2026-10-19", "75.0"));
        Consent consent = Consents.permitting(ADA, CENTRE, Purpose.CAREMGT);
        consent.getProvision()
                .getProvisionFirstRep()
                .addProvision()
                .setType(Consent.ConsentProvisionType.DENY)
                .addCode(new CodeableConcept(new Coding(Canonicals.OBSERVATION_CODES, Codes.DAYS_COVERED, null)));
        Consent within = Consents.permitting(BEN, CENTRE, Purpose.CAREMGT);
        within.getProvision().getProvisionFirstRep().setDataPeriod(Consents.period("2026-10-01", "2026-11-30"));
        tables.create(storage, consent, within);

        List<JsonNode> lines = lines();

        for (String patient : List.of(ADA, BEN)) {
            assertThat(inputs(lines, patient)).isEmpty();
            assertThat(withheld(lines, patient)).contains(Codes.DAYS_COVERED);
        }
    }

    /** The attack: a figure of a prescription that few may see would close the flag to the rest, or tell them. */
    @Test
    void adherenceThatIsLabelledDoesNotLeaveAndIsNamedWhoeverPermitsIt() throws Exception {
        permitAll(ADA);
        permitAll(BEN);
        Observation labelled = covered(ADA, "drug", "2026-10-19", "75.0");
        labelled.getMeta()
                .addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null));
        Observation smoking = smoking(ADA, "449868002");
        smoking.getMeta()
                .addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null));
        tables.create(storage, labelled, smoking, kept(ADA), covered(BEN, "drug", "2026-10-19", "75.0"));

        List<JsonNode> lines = lines();

        assertThat(withheld(lines, ADA)).containsExactly(Codes.DAYS_COVERED);
        assertThat(inputs(lines, ADA))
                .extracting(one -> one.path("id").asText())
                .containsExactlyInAnyOrder(id("kept", ADA), id("smoking", ADA));
        assertThat(withheld(lines, BEN)).isEmpty();
        assertThat(inputs(lines, BEN)).hasSize(1);
    }

    @Test
    void theNextReaderHearsOfAdherenceThatIsWrittenOrDeleted() throws Exception {
        permitAll(ADA);
        permitAll(BEN);
        Observation covered = covered(BEN, "drug", "2026-10-19", "75.0");
        for (Runnable change :
                List.<Runnable>of(() -> tables.create(storage, covered), () -> tables.delete(storage, covered))) {
            long sequence = lines().get(lines().size() - 1).path("sequence").asLong();
            change.run();
            assertThat(read(sequence).stream()
                            .filter(line -> line.path("kind").asText().equals("patient"))
                            .map(line -> line.path("patient").asText()))
                    .containsExactly(BEN);
        }
        assertThat(inputs(lines(), BEN)).isEmpty();
    }

    private static Observation covered(String patient, String prescription, String from, @Nullable String percent) {
        return adherence(
                patient,
                prescription + from,
                Codes.DAYS_COVERED,
                "MedicationRequest/" + id(prescription, patient),
                from,
                percent);
    }

    private static Observation kept(String patient) {
        Observation kept = adherence(
                patient,
                "kept",
                Codes.MEASUREMENTS_KEPT,
                "ServiceRequest/" + id("order", patient),
                "2026-10-19",
                "42.9");
        kept.addDerivedFrom(new Reference("Observation/" + id("weight", patient)));
        return kept;
    }

    /** Of 28 days, in a plan of its own. */
    private static Observation adherence(
            String patient, String name, String code, String of, String from, @Nullable String percent) {
        Observation adherence = observation(patient, name, code, from);
        adherence.getCode().setText("geheim").getCodingFirstRep().setSystem(Canonicals.OBSERVATION_CODES);
        adherence.addBasedOn(new Reference("CarePlan/" + id(name + "plan", patient)));
        adherence.addBasedOn(new Reference(of));
        adherence.setEffective(new Period()
                .setStartElement(new DateTimeType(from))
                .setEndElement(new DateTimeType(
                        java.time.LocalDate.parse(from).plusDays(27).toString())));
        return percent == null ? adherence : adherence.setValue(quantity(percent, "%"));
    }
}
