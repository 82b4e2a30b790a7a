package eu.sinusnode.server.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.postgres.WrittenLog;
import eu.sinusnode.server.projection.Consents;
import eu.sinusnode.server.projection.LabelledObservationProjection;
import eu.sinusnode.server.projection.OwnTables;
import eu.sinusnode.server.projection.PermitProjection;
import eu.sinusnode.server.projection.ProjectionInterceptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadingCursorIT {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final String CENTRE = "00000000-0000-4000-8000-0000000000c0";
    private static final String ADA = "0a000000-0000-4000-8000-000000000001";
    private static final String BEN = "9b000000-0000-4000-8000-000000000002";
    private static final String CAI = "fc000000-0000-4000-8000-000000000003";

    private static OwnTables tables;

    private static Map<String, Set<String>> beside = Map.of();

    private ProjectionInterceptor storage = new ProjectionInterceptor(List.of());

    @BeforeAll
    static void migrate() {
        tables = OwnTables.migrated();
    }

    @BeforeEach
    void empty() {
        beside = Map.of();
        tables.jdbc()
                .execute("TRUNCATE sinusnode.directive, sinusnode.vital_reading, sinusnode.reading_change,"
                        + " sinusnode.labelled_observation");
        storage = new ProjectionInterceptor(List.of(
                new ReadingChangeProjection(tables.transaction()),
                new LabelledObservationProjection(tables.transaction()),
                new PermitProjection(tables.transaction(), new ConsentCompiler(ZoneOffset.UTC)),
                new VitalReadingProjection(
                        new VitalReadingTable(tables.transaction()), new WithoutReadingTable(tables.transaction()))));
    }

    @Test
    void aPermittedPatientsReadingsComeInOrderOfTime() throws Exception {
        permit(ADA, null, null, null);
        Observation later = Vitals.at(Vitals.heartRate(ADA, 64), "2026-11-02T07:00:00Z");
        Observation earlier =
                Vitals.at(Vitals.setting(Vitals.bloodPressure(ADA, 131, 84), Codes.HOME), "2026-11-01T07:00:00+01:00");
        tables.create(storage, later, earlier);

        List<JsonNode> lines = read(range(null, 10, null));

        assertThat(lines)
                .extracting(line -> line.get("kind").asText())
                .containsExactly("patient", "reading", "reading", "reading", "end");
        assertThat(lines.get(0))
                .isEqualTo(json("{'kind':'patient','patient':'%s','withheld':[],'beside':[]}".formatted(ADA)));
        assertThat(lines.get(1))
                .isEqualTo(json("""
                        {'kind':'reading','patient':'%s','observation':'%s','version':1,'code':'8480-6',
                        'effective':'2026-11-01T07:00:00+01:00','value':131.0,'unit':'mm[Hg]','status':'final',
                        'device':null,'setting':'home'}""".formatted(ADA, earlier.getIdElement().getIdPart())));
        assertThat(lines.get(2).get("code").asText()).isEqualTo("8462-4");
        assertThat(lines.get(3).get("effective").asText()).isEqualTo("2026-11-02T07:00:00Z");
        assertThat(lines.get(4).get("last").asText()).isEqualTo(ADA);
        assertThat(lines.get(4).get("more").asBoolean()).isFalse();
    }

    @Test
    void aPatientWithoutAPermitDoesNotAppearAtAll() throws Exception {
        tables.create(storage, Vitals.heartRate(ADA, 64));

        List<JsonNode> lines = read(range(null, 10, null));

        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.get("kind").asText()).isEqualTo("end");
            assertThat(line.get("last").isNull()).isTrue();
            assertThat(line.get("more").asBoolean()).isFalse();
        });
    }

    @Test
    void aNarrowPermitGivesItsCodeAndNamesTheOthersAsWithheld() throws Exception {
        permit(ADA, "Observation", Codes.LOINC, Codes.HEART_RATE);
        tables.create(storage, Vitals.heartRate(ADA, 64), Vitals.bloodPressure(ADA, 131, 84));

        List<JsonNode> lines = read(range(null, 10, null));

        assertThat(lines.get(0).get("withheld"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "85354-9",
                        "29463-7",
                        "2708-6",
                        "40443-4",
                        "9279-1",
                        "8310-5",
                        "8302-2",
                        "39156-5",
                        "55423-8",
                        "41950-7",
                        "rr-interval-series",
                        "DocumentReference",
                        "Binary",
                        "10230-1",
                        "14646-4",
                        "14647-2",
                        "14682-9",
                        "14771-0",
                        "1558-6",
                        "2085-9",
                        "2093-3",
                        "2160-0",
                        "72166-2",
                        "88020-3",
                        "chest-pain-type",
                        "days-covered",
                        "exercise-angina",
                        "exercise-st-depression",
                        "maximal-exercise-heart-rate",
                        "measurements-kept",
                        "Condition",
                        "Goal",
                        "MedicationRequest",
                        "Patient");
        assertThat(lines)
                .filteredOn(line -> line.has("code"))
                .extracting(line -> line.get("code").asText())
                .containsExactly(Codes.HEART_RATE);
    }

    @Test
    void aPermitOfAnotherTypeOpensNoReading() throws Exception {
        permit(ADA, "CarePlan", null, null);
        tables.create(storage, Vitals.heartRate(ADA, 64));

        assertThat(read(range(null, 10, null)))
                .extracting(line -> line.get("kind").asText())
                .containsExactly("patient", "end");
    }

    @Test
    void aDenyOfTheTypeOrOfSingleCodesClosesTheReadings() throws Exception {
        tables.create(storage, Vitals.heartRate(ADA, 64), Vitals.heartRate(BEN, 64));
        for (String patient : List.of(ADA, BEN)) {
            Consent consent = Consents.permitting(patient, CENTRE, Purpose.CAREMGT);
            Consent.ProvisionComponent deny = consent.getProvision()
                    .getProvisionFirstRep()
                    .addProvision()
                    .setType(Consent.ConsentProvisionType.DENY);
            deny.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
            if (patient.equals(BEN)) {
                // A reading is known by one code, and its Observation may carry this one too.
                deny.addCode(new CodeableConcept(new Coding(Codes.LOINC, Codes.BODY_WEIGHT, null)));
            }
            tables.create(storage, consent);
        }

        List<JsonNode> lines = read(range(null, 10, null));

        assertThat(lines).extracting(line -> line.get("kind").asText()).containsExactly("patient", "patient", "end");
        assertThat(lines.get(0).get("withheld")).extracting(JsonNode::asText).contains("8867-4", "rr-interval-series");
        assertThat(lines.get(0).get("withheld")).extracting(JsonNode::asText).doesNotContain("Binary");
    }

    @Test
    void aPermitOfATimeGivesTheReadingsOfItAndNamesTheirCodesAsWithheldInPart() throws Exception {
        Consent consent = Consents.permitting(ADA, CENTRE, Purpose.CAREMGT);
        Consent.ProvisionComponent permit = consent.getProvision().getProvisionFirstRep();
        permit.setDataPeriod(Consents.period("2026-10-02", "2026-10-31"));
        permit.addProvision()
                .setType(Consent.ConsentProvisionType.DENY)
                .setDataPeriod(Consents.period("2026-10-10", "2026-10-12"));
        tables.create(storage, consent);
        for (String at : List.of(
                "2026-10-01T23:59:59.999Z",
                "2026-10-02T00:00:00Z",
                "2026-10-09T23:59:59Z",
                "2026-10-10T00:00:00Z",
                "2026-10-12T23:59:59.999Z",
                "2026-10-13T00:00:00Z",
                "2026-10-31T23:59:59.999Z",
                "2026-11-01T00:00:00Z")) {
            tables.create(storage, Vitals.at(Vitals.heartRate(ADA, 64), at));
        }

        List<JsonNode> lines = read(range(null, 10, null));

        assertThat(lines)
                .filteredOn(line -> line.has("effective"))
                .extracting(line -> line.get("effective").asText())
                .containsExactly(
                        "2026-10-02T00:00:00Z",
                        "2026-10-09T23:59:59Z",
                        "2026-10-13T00:00:00Z",
                        "2026-10-31T23:59:59.999Z");
        assertThat(lines.get(0).get("withheld")).extracting(JsonNode::asText).contains("8867-4", "rr-interval-series");
    }

    @Test
    void aReadingThatIsDeniedByItselfIsLeftOutAndItsCodeNamed() throws Exception {
        Observation denied = Vitals.at(Vitals.heartRate(ADA, 64), "2026-11-01T07:00:00Z");
        tables.create(
                storage,
                denied,
                Vitals.at(Vitals.heartRate(ADA, 65), "2026-11-02T07:00:00Z"),
                Vitals.bloodPressure(ADA, 131, 84));
        Consent consent = Consents.permitting(ADA, CENTRE, Purpose.CAREMGT);
        consent.getProvision()
                .getProvisionFirstRep()
                .addProvision()
                .setType(Consent.ConsentProvisionType.DENY)
                .addData()
                .setMeaning(Consent.ConsentDataMeaning.INSTANCE)
                .setReference(
                        new Reference("Observation/" + denied.getIdElement().getIdPart()));
        tables.create(storage, consent);

        List<JsonNode> lines = read(range(null, 10, null));

        assertThat(lines)
                .filteredOn(line -> line.has("value"))
                .extracting(line -> line.get("value").asDouble())
                .containsExactlyInAnyOrder(65.0, 131.0, 84.0);
        assertThat(lines.get(0).get("withheld"))
                .extracting(JsonNode::asText)
                .contains("8867-4")
                .doesNotContain("85354-9");
    }

    /** Which labels it carries is not known to a reading, so that a rule about any of them closes it. */
    @Test
    void aReadingOfALabelledObservationIsLeftOutWhereARuleIsAboutLabels() throws Exception {
        for (@Nullable String rank : new String[] {null, "N", "V"}) {
            empty();
            Observation labelled = Vitals.at(Vitals.heartRate(ADA, 130), "2026-11-01T07:00:00Z");
            labelled.getMeta()
                    .addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null));
            tables.create(storage, labelled, Vitals.at(Vitals.heartRate(ADA, 60), "2026-11-02T07:00:00Z"));
            Consent consent = Consents.denying(ADA);
            Consent.ProvisionComponent permit = Consents.permit(consent, CENTRE, Purpose.CAREMGT);
            if (rank != null) {
                permit.addSecurityLabel(
                        new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", rank, null));
            }
            tables.create(storage, consent);
            List<JsonNode> lines = read(range(null, 10, null));
            assertThat(lines)
                    .as("label %s", rank)
                    .filteredOn(line -> line.has("value"))
                    .extracting(line -> line.get("value").asDouble())
                    .containsExactlyElementsOf(rank == null ? List.of(130.0, 60.0) : List.of(60.0));
            assertThat(lines.get(0).get("withheld").toString().contains("8867-4"))
                    .as("label %s", rank)
                    .isEqualTo(rank != null);
        }
    }

    /** Of what is counted over a period its beginning alone is known. */
    @Test
    void whatIsCountedOverAPeriodIsReadWhenAllTimesArePermitted() throws Exception {
        Consent consent = Consents.permitting(ADA, CENTRE, Purpose.CAREMGT);
        consent.getProvision().getProvisionFirstRep().setDataPeriod(Consents.period("2026-10-02", "2026-10-31"));
        Observation steps = Vitals.vital(ADA, Codes.STEPS);
        steps.setEffective(Consents.period("2026-10-30T00:00:00Z", "2026-11-02T00:00:00Z"));
        steps.setValue(Vitals.quantity(BigDecimal.valueOf(4_000), "{steps}"));
        tables.create(storage, consent, steps);
        assertThat(read(range(null, 10, null)))
                .extracting(line -> line.get("kind").asText())
                .containsExactly("patient", "end");
        consent.getProvision().getProvisionFirstRep().setDataPeriod(null);
        tables.update(storage, OwnTables.nextVersion(consent));
        assertThat(read(range(null, 10, null)))
                .extracting(line -> line.get("kind").asText())
                .containsExactly("patient", "reading", "end");
    }

    @Test
    void aPermitForAnotherOrganizationPurposeOrTimeIsNone() throws Exception {
        tables.create(storage, Vitals.heartRate(ADA, 64));
        Consent consent = Consents.denying(ADA);
        Consents.permit(consent, OwnTables.newId(), Purpose.CAREMGT);
        Consents.permit(consent, CENTRE, Purpose.TREAT);
        Consents.permit(consent, CENTRE, Purpose.CAREMGT).setPeriod(Consents.period("2026-11-23T12:00:00.001Z", null));
        Consents.permit(consent, CENTRE, Purpose.CAREMGT).setPeriod(Consents.period(null, "2026-11-23T11:59:59.999Z"));
        tables.create(storage, consent);

        assertThat(read(range(null, 10, null))).hasSize(1);

        Consents.permit(consent, CENTRE, Purpose.CAREMGT)
                .setPeriod(Consents.period("2026-11-23T12:00:00.000Z", "2026-11-23T12:00:00.000Z"));
        tables.update(storage, OwnTables.nextVersion(consent));

        assertThat(read(range(null, 10, null))).hasSize(3);
    }

    @Test
    void aWithdrawalHoldsForTheNextAnswer() throws Exception {
        Consent consent = permit(ADA, null, null, null);
        tables.create(storage, Vitals.heartRate(ADA, 64));
        assertThat(read(range(null, 10, null))).hasSize(3);

        tables.update(storage, OwnTables.nextVersion(consent).setStatus(Consent.ConsentState.INACTIVE));

        assertThat(read(range(null, 10, null))).hasSize(1);
    }

    @Test
    void whatWasEnteredInErrorIsNoReading() throws Exception {
        permit(ADA, null, null, null);
        Observation wrong = Vitals.heartRate(ADA, 300);
        tables.create(storage, wrong, Vitals.heartRate(ADA, 64));
        tables.update(storage, OwnTables.nextVersion(wrong).setStatus(Observation.ObservationStatus.ENTEREDINERROR));

        assertThat(read(range(null, 10, null)))
                .filteredOn(line -> line.has("value"))
                .extracting(line -> line.get("value").asDouble())
                .containsExactly(64.0);
    }

    @Test
    void whatThereIsBesideReadingsIsNamedUnlessItIsWithheld() throws Exception {
        permit(ADA, null, null, null);
        permit(BEN, "Observation", null, null);
        beside = Map.of(
                ADA, Set.of("risk-flag", "rr-interval-series"),
                BEN, Set.of("Binary", "risk-flag", "rr-interval-series"));

        List<JsonNode> lines = read(range(null, 10, null));

        assertThat(lines.get(0).get("beside"))
                .extracting(JsonNode::asText)
                .containsExactly("risk-flag", "rr-interval-series");
        assertThat(lines.get(1).get("withheld")).extracting(JsonNode::asText).contains("Binary");
        assertThat(lines.get(1).get("beside"))
                .extracting(JsonNode::asText)
                .containsExactly("risk-flag", "rr-interval-series");
    }

    @Test
    void readersWhoShareThePatientsReadEachOfThemOnce() throws Exception {
        for (String patient : List.of(CAI, ADA, BEN)) {
            permit(patient, null, null, null);
        }

        assertThat(read(range(null, BEN, 10, null)))
                .extracting(line -> line.path("patient").asText())
                .containsExactly(ADA, BEN, "");
        assertThat(read(range(BEN, null, 10, null)))
                .extracting(line -> line.path("patient").asText())
                .containsExactly(CAI, "");
        JsonNode end = end(read(range(null, BEN, 2, null)));
        assertThat(end.get("last").asText()).isEqualTo(BEN);
        assertThat(end.get("more").asBoolean())
                .as("whoever comes behind is another reader's")
                .isFalse();
        assertThat(end(read(range(null, BEN, 1, null))).get("more").asBoolean()).isTrue();
        JsonNode nobody = end(read(range(CAI, "ffffffff-ffff-ffff-ffff-ffffffffffff", 1, null)));
        assertThat(nobody.get("last").isNull()).isTrue();
    }

    @Test
    void rangesJoinWithoutGapOrRepetition() throws Exception {
        for (String patient : List.of(CAI, ADA, BEN)) {
            permit(patient, null, null, null);
        }

        JsonNode first = read(range(null, 2, null)).get(2);
        List<JsonNode> second = read(range(first.get("last").asText(), 2, null));

        assertThat(first.get("last").asText()).isEqualTo(BEN);
        assertThat(first.get("more").asBoolean()).isTrue();
        assertThat(second.get(0).get("patient").asText()).isEqualTo(CAI);
        assertThat(second.get(1).get("more").asBoolean()).isFalse();
        assertThat(read(range(null, 3, null)).get(3).get("more").asBoolean()).isFalse();
    }

    @Test
    void sinceNamesThePatientsWhoChangedAlsoInASlowTransaction() throws Exception {
        permit(ADA, null, null, null);
        permit(BEN, null, null, null);
        tables.create(storage, Vitals.heartRate(ADA, 64), Vitals.heartRate(BEN, 70));
        long sequence = tables.inTransaction(() -> {
            // This transaction takes its number before the reader looks, and commits after.
            storage.created(Vitals.heartRate(BEN, 71), null);
            tables.jdbc().queryForObject("SELECT pg_current_xact_id()::text", String.class);
            return end(uncheckedRead(range(null, 10, null))).get("sequence").asLong();
        });

        List<JsonNode> changed = read(range(null, 10, sequence));

        assertThat(changed)
                .filteredOn(line -> line.get("kind").asText().equals("patient"))
                .extracting(line -> line.get("patient").asText())
                .containsExactly(BEN);
        assertThat(changed).filteredOn(line -> line.has("value")).hasSize(2);
        assertThat(read(range(null, 10, end(changed).get("sequence").asLong()))).hasSize(1);
    }

    @Test
    void sinceNamesWhoHasANewSeriesOrLostAReading() throws Exception {
        permit(ADA, null, null, null);
        permit(BEN, null, null, null);
        permit(CAI, null, null, null);
        Observation lost = Vitals.heartRate(BEN, 70);
        Observation series = Vitals.heartRate(ADA, 64);
        series.getCode()
                .getCodingFirstRep()
                .setSystem(Canonicals.OBSERVATION_CODES)
                .setCode(Codes.RR_INTERVAL_SERIES);
        tables.create(storage, lost, Vitals.heartRate(CAI, 71));
        long before = sequence();
        tables.create(storage, series);
        long between = sequence();
        tables.delete(storage, lost);

        assertThat(patientsSince(before)).containsExactly(ADA, BEN);
        assertThat(patientsSince(between)).containsExactly(BEN);
        long after = sequence();
        assertThat(patientsSince(after)).isEmpty();
        tables.delete(storage, series);
        assertThat(patientsSince(after)).containsExactly(ADA);
    }

    private static long sequence() throws Exception {
        return end(read(range(null, 10, null))).get("sequence").asLong();
    }

    private static List<String> patientsSince(long sequence) throws Exception {
        return read(range(null, 10, sequence)).stream()
                .filter(line -> line.get("kind").asText().equals("patient"))
                .map(line -> line.get("patient").asText())
                .toList();
    }

    @Test
    void theSequenceOutlivesPostgres() throws Exception {
        String logged = WrittenLog.afterARollback(tables.dataSource());
        read(range(null, 10, null));
        assertThat(WrittenLog.isOnDisk(tables.dataSource(), logged)).isTrue();
    }

    @Test
    void aSequenceOfAnotherDatabaseIsRefusedBeforeALine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThatThrownBy(() -> new ReadingCursor(tables.dataSource(), (connection, patients) -> beside)
                        .read(range(null, 10, Long.MAX_VALUE), new NdjsonReadings(out)))
                .isInstanceOf(ReadingCursor.UnknownSequenceException.class);
        assertThat(out.size()).isZero();
    }

    @Test
    void aFailureInTheMiddleLeavesNoEndLine() {
        permit(ADA, null, null, null);
        tables.create(
                storage,
                IntStream.range(0, 3_000)
                        .mapToObj(i -> Vitals.heartRate(ADA, 60))
                        .toArray(Observation[]::new));
        List<String> kinds = new ArrayList<>();
        ReadingSink broken = new ReadingSink() {
            @Override
            public void begin(Map<String, Set<String>> types) {}

            @Override
            public void patient(String patientId, List<String> withheld, List<String> beside) {
                kinds.add("patient");
            }

            @Override
            public void input(String patientId, String resource) {
                kinds.add("input");
            }

            @Override
            public void reading(StoredReading reading) {
                kinds.add("reading");
                if (kinds.size() == 100) {
                    tables.jdbc().queryForList("""
                                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                                    """);
                }
            }

            @Override
            public void end(@Nullable String last, boolean more, long sequence) {
                kinds.add("end");
            }
        };

        assertThatThrownBy(() -> new ReadingCursor(tables.dataSource(), (connection, patients) -> beside)
                        .read(range(null, 10, null), broken))
                .isInstanceOf(java.sql.SQLException.class);
        assertThat(kinds)
                .startsWith("patient", "reading")
                .hasSizeBetween(101, 3_000)
                .doesNotContain("end");
    }

    private Consent permit(String patient, @Nullable String type, @Nullable String codeSystem, @Nullable String code) {
        Consent consent = Consents.denying(patient);
        var provision = Consents.permit(consent, CENTRE, Purpose.CAREMGT);
        if (type != null) {
            provision.addClass_(new Coding(Codes.RESOURCE_TYPES, type, null));
        }
        if (code != null) {
            provision.addCode(new CodeableConcept(new Coding(codeSystem, code, null)));
        }
        tables.create(storage, consent);
        return consent;
    }

    private static ReadingRange range(@Nullable String after, int patients, @Nullable Long since) {
        return range(after, null, patients, since);
    }

    private static ReadingRange range(
            @Nullable String after, @Nullable String through, int patients, @Nullable Long since) {
        return new ReadingRange(
                CENTRE, Purpose.CAREMGT, Relationship.NONE_NEEDED, after, through, patients, since, NOW);
    }

    private static List<JsonNode> uncheckedRead(ReadingRange range) {
        try {
            return read(range);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<JsonNode> read(ReadingRange range) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ReadingCursor(tables.dataSource(), (connection, patients) -> beside).read(range, new NdjsonReadings(out));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
            lines.add(json(line));
        }
        return lines;
    }

    private static JsonNode end(List<JsonNode> lines) {
        return lines.get(lines.size() - 1);
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
