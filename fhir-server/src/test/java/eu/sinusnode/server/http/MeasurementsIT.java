package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.projection.Consents;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mia permits her clinic all but blood pressures that one code, one record and one month name, which are her highest and her
 * newest; Noah permits it everything; Olaf has no care there. {@code $lastn}, {@code $stats} and {@code $trend} tell of what searches find, and of nothing else.
 */
class MeasurementsIT extends RunningServer {

    private static final String EXERCISE = "400975005";
    private static final String LACTATE = "2524-7";
    private static final String POTASSIUM = "2823-3";
    private static final String YEAR = "&period=2026-01-01/2026-12-31";
    private static final String PRESSURES = "coding=http://loinc.org|85354-9";
    private static final SearchWorld WORLD = new SearchWorld("measurements");
    private static boolean loaded;

    @BeforeEach
    void patients() {
        if (loaded) {
            return;
        }
        loaded = true;
        WORLD.clinic();
        WORLD.person("mia", "Messung", "1950-01-01", false);
        WORLD.person("noah", "Messung", "1960-01-01", true);
        WORLD.person("olaf", "Messung", "1970-01-01", false);
        load(Records.transaction(Records.organization(WORLD.id("elsewhere"), "elsewhere")));
        load(Records.transaction(
                pressure("mia", "p1", 121, 71, "2026-03-01T08:00:00+01:00"),
                pressure("mia", "p2", 131, 81, "2026-03-02T08:00:00+01:00"),
                alsoCoded(pressure("mia", "hidden", 199, 119, "2026-03-04T08:00:00+01:00")),
                pressure("mia", "single", 188, 118, "2026-03-06T08:00:00+01:00"),
                pressure("mia", "february", 177, 117, "2026-02-10T08:00:00+01:00"),
                pressure("mia", "tie", 141, 91, "2026-03-04T08:00:00+01:00"),
                WORLD.heartRate("mia", "m1", 61, "2026-03-01T08:00:00Z"),
                WORLD.heartRate("mia", "m2", 63, "2026-03-02T08:00:00Z"),
                WORLD.heartRate("noah", "n1", 60, "2026-03-01T08:00:00Z"),
                WORLD.heartRate("noah", "n2", 70, "2026-03-02T08:00:00Z"),
                WORLD.heartRate("noah", "n3", 80, "2026-03-02T08:00:00Z"),
                wrong(WORLD.heartRate("noah", "n4", 300, "2026-03-03T08:00:00Z")),
                unsigned(WORLD.heartRate("noah", "n5", 150, "2026-03-01T09:00:00Z")),
                pressure("noah", "q1", 135, 85, "2026-03-05T08:00:00Z"),
                potassium("noah", "k1", "4.1", "mmol/L", "2026-02-01T08:00:00Z"),
                potassium("noah", "k2", "4.7", "mmol/L", "2026-03-01T08:00:00Z"),
                WORLD.heartRate("olaf", "o1", 99, "2026-03-01T08:00:00Z")));
        Consent consent = WalkWorld.consent(WORLD.id("consent-mia"), WORLD.id("mia"));
        consent.getProvision().getProvision().clear();
        ProvisionComponent permit = Consents.permit(consent, WORLD.clinicId(), Purpose.TREAT);
        ProvisionComponent deny = permit.addProvision().setType(ConsentProvisionType.DENY);
        deny.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        deny.addCode(new CodeableConcept(new Coding(Codes.SNOMED, EXERCISE, null)));
        permit.addProvision()
                .setType(ConsentProvisionType.DENY)
                .addData()
                .setMeaning(ConsentDataMeaning.INSTANCE)
                .setReference(new Reference("Observation/" + WORLD.id("single")));
        permit.addProvision()
                .setType(ConsentProvisionType.DENY)
                .getDataPeriod()
                .setStartElement(new DateTimeType("2026-02-01"))
                .setEndElement(new DateTimeType("2026-02-28"));
        load(Records.transaction(consent));
        Consent other = WalkWorld.consent(WORLD.id("consent-olaf"), WORLD.id("olaf"));
        other.getProvision().getProvision().clear();
        Consents.permit(other, WORLD.id("elsewhere"), Purpose.TREAT);
        load(Records.transaction(other));
    }

    private static Observation pressure(String patient, String name, int systolic, int diastolic, String at) {
        Observation pressure = WORLD.pressure(patient, name, systolic, diastolic);
        pressure.setEffective(new DateTimeType(at));
        return pressure;
    }

    /** By this code, which it carries besides, it is denied. */
    private static Observation alsoCoded(Observation vital) {
        vital.getCode().addCoding(new Coding(Codes.SNOMED, EXERCISE, null));
        return vital;
    }

    private static Observation wrong(Observation vital) {
        return vital.setStatus(ObservationStatus.ENTEREDINERROR);
    }

    private static Observation unsigned(Observation vital) {
        return vital.setStatus(ObservationStatus.PRELIMINARY);
    }

    private static Observation potassium(String patient, String name, String value, String unit, String at) {
        return laboratory(POTASSIUM, patient, name, value, unit, at);
    }

    private static Observation laboratory(
            String code, String patient, String name, String value, String unit, String at) {
        Observation laboratory = new Observation().setStatus(ObservationStatus.FINAL);
        laboratory.setId(WORLD.id(name));
        laboratory
                .addCategory()
                .addCoding(new Coding(
                        "http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", "Laboratory"));
        laboratory.setCode(new CodeableConcept(new Coding(Codes.LOINC, code, null)));
        laboratory.setSubject(new Reference("Patient/" + WORLD.id(patient)));
        laboratory.addPerformer(new Reference("Organization/" + WORLD.clinicId()));
        laboratory.setEffective(new DateTimeType(at));
        laboratory.setValue(new Quantity()
                .setValue(new BigDecimal(value))
                .setUnit(unit)
                .setSystem(Codes.UCUM)
                .setCode(unit));
        return laboratory;
    }

    private static Answer ask(String asked, String token) {
        String named = asked.replace("MIA", "Patient/" + WORLD.id("mia"))
                .replace("NOAH", "Patient/" + WORLD.id("noah"))
                .replace("OLAF", "Patient/" + WORLD.id("olaf"))
                .replace("NOBODY", "Patient/" + UUID.nameUUIDFromBytes(new byte[] {1}));
        return get("/Observation/" + SearchWorld.encoded(named), token);
    }

    private static Answer ask(String asked) {
        Answer answer = ask(asked, WORLD.clinician());
        assertThat(answer.status()).as(asked + " " + answer.body()).isEqualTo(200);
        return answer;
    }

    private static List<String> newest(String asked) {
        return WORLD.names(ask("$lastn?" + asked).bundle());
    }

    private static Parameters parameters(Answer answer) {
        return (Parameters) answer.resource();
    }

    private static List<Observation> statistics(Answer answer) {
        return parameters(answer).getParameter().stream()
                .filter(each -> each.getName().equals("statistics"))
                .map(each -> (Observation) each.getResource())
                .toList();
    }

    private static Quantity value(Observation statistics, String statistic) {
        return statistics.getComponent().stream()
                .filter(each -> each.getCode().getCodingFirstRep().getCode().equals(statistic))
                .map(ObservationComponentComponent::getValueQuantity)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @Covers("resource-operations.html#lastn")
    @CsvSource(
            delimiter = ';',
            value = {
                "patient=NOAH&code=http://loinc.org|8867-4; n4",
                "patient=NOAH&code=http://loinc.org|8867-4&status=final; n3 n2",
                "subject=NOAH&code=http://loinc.org|8867-4&status=final; n3 n2",
                "patient=NOAH&code=http://loinc.org|8867-4&max=2; n4 n3 n2",
                "patient=NOAH&code=http://loinc.org|8867-4&max=9; n4 n3 n2 n5 n1",
                "patient=NOAH&code=http://loinc.org|8867-4&date=lt2026-03-02; n5",
                "patient=NOAH&code=http://loinc.org|8867-4&date=2026-03-02; n3 n2",
                "patient=NOAH&code=8867-4&max=2; n4 n3 n2",
                "patient=NOAH&code=http://loinc.org|8867-4,http://loinc.org|85354-9; q1 n4",
                "patient=NOAH&category=vital-signs; q1 n4",
                "patient=NOAH&category=laboratory&date=ge2026-01-01; k2",
                "patient=NOAH&category=laboratory&max=5&date=ge2026-01-01; k2 k1",
                "patient=NOAH&category=laboratory,vital-signs&date=ge2026-01-01; q1 n4 k2",
                "patient=NOAH&category=vital-signs&category=laboratory; ''",
                "patient=NOAH&code=http://loinc.org|2823-3; k2",
                "patient=NOAH&code=http://loinc.org|2823-3,http://loinc.org|8867-4; n4 k2",
                "patient=NOAH&code=http://loinc.org|1-1; ''"
            })
    void theNewestOfEachCode(String asked, String found) {
        // What was measured at one instant is in the order of its ids, which are of no meaning.
        List<String> names = new ArrayList<>(newest(asked));
        int n3 = names.indexOf("n3");
        int n2 = names.indexOf("n2");
        if (n2 >= 0 && n3 > n2) {
            names.set(n2, "n3");
            names.set(n3, "n2");
        }
        assertThat(names).containsExactly(found.isEmpty() ? new String[0] : found.split(" "));
    }

    @Test
    void aRecordIsShownAsARead() {
        Observation given = (Observation) ask("$lastn?patient=NOAH&code=http://loinc.org|85354-9")
                .bundle()
                .getEntryFirstRep()
                .getResource();
        Answer read = get("/Observation/" + WORLD.id("q1"), WORLD.clinician());

        assertThat(json(given)).isEqualTo(json(read.resource()));
    }

    @Test
    @Covers("resource-operations.html#stats")
    void statisticsOfAVitalSign() {
        Observation rates = statistics(ask("$stats?subject=NOAH&coding=http://loinc.org|8867-4" + YEAR
                        + "&statistic=average,minimum,maximum,count,total-count,median,std-dev,regression"))
                .get(0);

        assertThat(rates.getStatus()).isEqualTo(ObservationStatus.FINAL);
        assertThat(rates.getSubject().getReference()).isEqualTo("Patient/" + WORLD.id("noah"));
        assertThat(rates.getCode().getCodingFirstRep().getCode()).isEqualTo(Codes.HEART_RATE);
        assertThat(rates.getEffectivePeriod().hasStart()).isTrue();
        // 60, 70, 80 and 150, which nobody has signed; what was entered in error is none.
        assertThat(value(rates, "average").getValue()).isEqualByComparingTo("90");
        assertThat(value(rates, "average").getCode()).isEqualTo("/min");
        assertThat(value(rates, "minimum").getValue()).isEqualByComparingTo("60");
        assertThat(value(rates, "maximum").getValue()).isEqualByComparingTo("150");
        assertThat(value(rates, "median").getValue()).isEqualByComparingTo("75");
        assertThat(value(rates, "count").getValue()).isEqualByComparingTo("4");
        assertThat(value(rates, "total-count").getValue()).isEqualByComparingTo("4");
        assertThat(value(rates, "std-dev").getValue().doubleValue()).isBetween(40.8, 40.9);
        assertThat(rates.getComponent())
                .filteredOn(each -> each.getCode().getCodingFirstRep().getCode().equals("regression"))
                .extracting(each -> each.getCode().getText())
                .containsExactly("gradient", "intercept");
        assertThat(rates.hasNote()).isFalse();
    }

    @Test
    void aPanelGivesOneObservationForEachComponent() {
        List<Observation> both = statistics(
                ask("$stats?subject=NOAH&code=85354-9&system=http://loinc.org" + YEAR + "&statistic=maximum"));

        assertThat(both)
                .extracting(each -> each.getCode().getCodingFirstRep().getCode() + " "
                        + value(each, "maximum").getValue())
                .containsExactly("8480-6 135", "8462-4 85");
    }

    @Test
    void aLaboratoryValueHasStatisticsInItsUnitAndOtherUnitsAreNotMixed() {
        load(Records.transaction(
                laboratory(LACTATE, "noah", "l0", "16", "mg/dL", "2025-01-10T08:00:00Z"),
                laboratory(LACTATE, "noah", "l1", "1.1", "mmol/L", "2025-02-10T08:00:00Z"),
                laboratory(LACTATE, "noah", "l2", "1.5", "mmol/L", "2025-03-10T08:00:00Z")));

        Observation lactate = statistics(ask("$stats?subject=NOAH&coding=http://loinc.org|2524-7"
                        + "&period=2025-01-01/2025-12-31&statistic=average,count,total-count"))
                .get(0);

        assertThat(value(lactate, "average").getValue()).isEqualByComparingTo("1.3");
        assertThat(value(lactate, "average").getCode()).isEqualTo("mmol/L");
        assertThat(value(lactate, "count").getValue()).isEqualByComparingTo("2");
        assertThat(value(lactate, "total-count").getValue()).isEqualByComparingTo("3");
        assertThat(lactate.getNoteFirstRep().getText()).startsWith("1 further Observations are not part");
    }

    @Test
    void parametersInTheBodySayTheSame() {
        Parameters asked = new Parameters();
        asked.addParameter().setName("subject").setValue(new UriType("Patient/" + WORLD.id("noah")));
        asked.addParameter().setName("coding").setValue(new Coding(Codes.LOINC, Codes.HEART_RATE, null));
        asked.addParameter()
                .setName("period")
                .setValue(new Period()
                        .setStartElement(new DateTimeType("2026-03-01"))
                        .setEndElement(new DateTimeType("2026-03-02")));
        asked.addParameter().setName("statistic").setValue(new CodeType("count"));

        Answer answer = post("/Observation/$stats", WORLD.clinician(), asked);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(value(statistics(answer).get(0), "count").getValue()).isEqualByComparingTo("4");
    }

    @Test
    void whatNothingWasMeasuredOfIsNotZero() {
        Observation none = statistics(ask(
                        "$stats?subject=NOAH&coding=http://loinc.org|29463-7" + YEAR + "&statistic=average,count,sum"))
                .get(0);

        assertThat(value(none, "count").getValue()).isEqualByComparingTo("0");
        assertThat(none.getComponent())
                .filteredOn(each -> !each.hasValue())
                .hasSize(2)
                .allMatch(each -> each.hasDataAbsentReason());
    }

    @Test
    void sourcesComeAlong() {
        List<ParametersParameterComponent> sources = parameters(ask("$stats?subject=NOAH&coding=http://loinc.org|8867-4"
                        + YEAR + "&statistic=average&include=true&limit=2"))
                .getParameter()
                .stream()
                .filter(each -> each.getName().equals("source"))
                .toList();

        assertThat(sources)
                .extracting(each -> each.getResource().getIdElement().getIdPart())
                .containsExactlyInAnyOrder(WORLD.id("n2"), WORLD.id("n3"));
    }

    private record Bucket(String start, int count, String minimum, String mean, String maximum) {}

    private static List<Bucket> buckets(Answer answer, int series) {
        ParametersParameterComponent stated = parameters(answer).getParameter().stream()
                .filter(each -> each.getName().equals("series"))
                .toList()
                .get(series);
        return stated.getPart().stream()
                .filter(each -> each.getName().equals("bucket"))
                .map(each -> new Bucket(
                        part(each, "start"),
                        Integer.parseInt(part(each, "count")),
                        part(each, "minimum"),
                        part(each, "mean"),
                        part(each, "maximum")))
                .toList();
    }

    private static String part(ParametersParameterComponent of, String name) {
        return of.getPart().stream()
                .filter(each -> each.getName().equals(name))
                .map(each -> Objects.requireNonNull(each.getValue().primitiveValue()))
                .findFirst()
                .orElse("");
    }

    @Test
    void aTrendHasEveryDayAndGapsAreGaps() {
        Answer answer = ask("$trend?patient=NOAH&code=http://loinc.org|8867-4&from=2026-02-28&to=2026-03-13"
                + "&zone=Europe/Berlin&points=14");

        assertThat(buckets(answer, 0)).hasSize(14);
        assertThat(buckets(answer, 0).subList(0, 4))
                .containsExactly(
                        new Bucket("2026-02-28T00:00:00+01:00", 0, "", "", ""),
                        new Bucket("2026-03-01T00:00:00+01:00", 2, "60", "105", "150"),
                        new Bucket("2026-03-02T00:00:00+01:00", 2, "70", "75", "80"),
                        new Bucket("2026-03-03T00:00:00+01:00", 0, "", "", ""));
        assertThat(answer.body()).contains("P1D", "Europe/Berlin");
    }

    @Test
    void aTrendOfOneSettingOrDevice() {
        String asked = "$trend?patient=NOAH&code=http://loinc.org|8867-4&from=2026-02-28&to=2026-03-13&points=14";

        assertThat(total(ask(asked + "&device=cuff"))).isEqualTo(4);
        assertThat(total(ask(asked + "&device=ppg"))).isZero();
        assertThat(total(ask(asked + "&setting=home"))).isEqualTo(4);
        assertThat(total(ask(asked + "&setting=office"))).isZero();
    }

    private static int total(Answer answer) {
        return buckets(answer, 0).stream().mapToInt(Bucket::count).sum();
    }

    // Attacks

    @Test
    void aHiddenValueShowsInNothing() {
        assertThat(newest("patient=MIA&code=http://loinc.org|85354-9")).containsExactly("tie");
        assertThat(newest("patient=MIA&code=http://loinc.org|85354-9&max=2")).containsExactly("tie", "p2");
        assertThat(newest("patient=MIA&category=vital-signs&max=9")).doesNotContain("hidden", "single", "february");
        Answer stats = ask("$stats?subject=MIA&" + PRESSURES + YEAR
                + "&statistic=maximum,average,count,total-count,80-percent&include=true");
        for (Observation each : statistics(stats)) {
            assertThat(value(each, "count").getValue()).isEqualByComparingTo("3");
            assertThat(value(each, "total-count").getValue()).isEqualByComparingTo("3");
            assertThat(each.hasNote()).isFalse();
        }
        assertThat(value(statistics(stats).get(0), "maximum").getValue()).isEqualByComparingTo("141");
        assertThat(value(statistics(stats).get(0), "average").getValue()).isEqualByComparingTo("131");
        assertThat(stats.body())
                .doesNotContain(WORLD.id("hidden"), WORLD.id("single"), WORLD.id("february"))
                .doesNotContain(":199", ":119", ":188", ":118", ":177", ":117");
        Answer trend = ask("$trend?patient=MIA&code=http://loinc.org|85354-9&from=2026-03-01&to=2026-03-14&points=14");
        assertThat(total(trend)).isEqualTo(3);
        assertThat(trend.body()).doesNotContain(":199", ":119", ":188", ":118", ":177", ":117");
        // She herself sees it.
        Answer own =
                ask("$stats?subject=MIA&" + PRESSURES + YEAR + "&statistic=maximum", TOKENS.patient(WORLD.id("mia")));
        assertThat(value(statistics(own).get(0), "maximum").getValue()).isEqualByComparingTo("199");
    }

    @Test
    void whatNobodyHasSignedIsNotThePatients() {
        String noah = TOKENS.patient(WORLD.id("noah"));

        Observation rates = statistics(ask(
                        "$stats?subject=NOAH&coding=http://loinc.org|8867-4" + YEAR + "&statistic=maximum,count", noah))
                .get(0);
        assertThat(value(rates, "maximum").getValue()).isEqualByComparingTo("80");
        assertThat(value(rates, "count").getValue()).isEqualByComparingTo("3");
        assertThat(WORLD.names(ask("$lastn?patient=NOAH&code=http://loinc.org|8867-4&max=9", noah)
                        .bundle()))
                .doesNotContain("n5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$lastn?patient=%s&code=http://loinc.org|8867-4",
                "$lastn?patient=%s&category=vital-signs",
                "$lastn?patient=%s&code=http://loinc.org|2823-3",
                "$stats?subject=%s&coding=http://loinc.org|8867-4&period=2026-01-01/2026-12-31&statistic=count,average",
                "$stats?subject=%s&coding=http://loinc.org|2823-3&period=2026-01-01/2026-12-31&statistic=count&include=true",
                "$trend?patient=%s&code=http://loinc.org|8867-4&from=2026-03-01&to=2026-03-14&points=14"
            })
    void anotherPatientIsAsUnknown(String asked) {
        Answer hidden = ask(asked.formatted("OLAF"));
        Answer unknown = ask(asked.formatted("NOBODY"));

        String nobody = UUID.nameUUIDFromBytes(new byte[] {1}).toString();
        assertThat(plain(hidden.body(), WORLD.id("olaf"))).isEqualTo(plain(unknown.body(), nobody));
        assertThat(hidden.body()).doesNotContain("\"99\"", WORLD.id("o1"));
        // By who is another patient, too.
        Answer other = ask(asked.formatted("NOAH"), TOKENS.patient(WORLD.id("mia")));
        Answer none = ask(asked.formatted("NOBODY"), TOKENS.patient(WORLD.id("mia")));
        assertThat(other.status()).isEqualTo(none.status());
        assertThat(plain(other.body(), WORLD.id("noah"))).isEqualTo(plain(none.body(), nobody));
    }

    /** Without what each answer has of its own: who was asked about, and when. */
    private static String plain(String body, String patient) {
        return body.replace(patient, "PATIENT")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)", "TIME");
    }

    @Test
    void aScopeWithAFilterGivesWhatItGivesASearch() {
        String laboratory = token(
                "user/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory");

        assertThat(WORLD.names(ask("$lastn?patient=NOAH&category=laboratory,vital-signs&date=ge2026-01-01", laboratory)
                        .bundle()))
                .containsExactly("k2");
        Observation rates = statistics(ask(
                        "$stats?subject=NOAH&coding=http://loinc.org|8867-4" + YEAR + "&statistic=count,maximum",
                        laboratory))
                .get(0);
        assertThat(value(rates, "count").getValue()).isEqualByComparingTo("0");
        assertThat(ask("$lastn?patient=NOAH&category=laboratory", token("user/Patient.rs"))
                        .body())
                .contains("SN-SCOPE-001");
    }

    private static String token(String scope) {
        return TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", WORLD.clinicId())
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", scope));
    }

    @Test
    void aScopeToSearchIsEnough() {
        String searching = token("user/Observation.s");

        Answer answer = ask("$lastn?patient=NOAH&code=http://loinc.org|85354-9", searching);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(WORLD.names(answer.bundle())).containsExactly("q1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$lastn?code=http://loinc.org|8867-4",
                "$lastn?patient=NOAH,MIA&code=http://loinc.org|8867-4",
                "$lastn?patient=NOAH",
                "$lastn?patient=NOAH&code=http://loinc.org|8867-4&max=0",
                "$lastn?patient=NOAH&code=http://loinc.org|8867-4&max=101",
                "$lastn?patient=NOAH&code=http://loinc.org|8867-4&max=x",
                "$lastn?patient=NOAH&code=http://loinc.org|8867-4&date=2026-02-30",
                "$lastn?patient=NOAH&code=http://loinc.org|8867-4&date=2026",
                "$lastn?patient=NOAH&code=http://loinc.org|8867-4&status=good",
                "$lastn?patient=NOAH&code=http://loinc.org|",
                "$stats?coding=http://loinc.org|8867-4&duration=24&statistic=count",
                "$stats?subject=NOAH&code=8867-4&duration=24&statistic=count",
                "$stats?subject=NOAH&coding=8867-4&duration=24&statistic=count",
                "$stats?subject=NOAH&duration=24&statistic=count",
                "$stats?subject=NOAH&coding=http://loinc.org|8867-4&statistic=count",
                "$stats?subject=NOAH&coding=http://loinc.org|8867-4&duration=24&period=2026-01-01/&statistic=count",
                "$stats?subject=NOAH&coding=http://loinc.org|8867-4&duration=-1&statistic=count",
                "$stats?subject=NOAH&coding=http://loinc.org|8867-4&period=2026-02-01/2026-01-01&statistic=count",
                "$stats?subject=NOAH&coding=http://loinc.org|8867-4&period=yesterday/&statistic=count",
                "$stats?subject=NOAH&coding=http://loinc.org|8867-4&duration=24&statistic=mode",
                "$stats?subject=NOAH&coding=http://loinc.org|8867-4&duration=24",
                "$stats?subject=NOAH&coding=http://loinc.org|8867-4&duration=24&statistic=count&include=true&limit=0",
                "$stats?subject=NOAH&coding=http://loinc.org|8867-4&period=+99999-01-01T00:00:00Z/&statistic=count",
                "$trend?patient=NOAH&from=2026-01-01",
                "$trend?patient=NOAH&code=http://loinc.org|8867-4",
                "$trend?patient=NOAH&code=http://loinc.org|8867-4&from=2026-03-01&to=2026-02-01",
                "$trend?patient=NOAH&code=http://loinc.org|8867-4&from=1990-03-01&to=2026-02-01",
                "$trend?patient=NOAH&code=http://loinc.org|8867-4&from=2026-01-01&points=1000",
                "$trend?patient=NOAH&code=http://loinc.org|8867-4&from=2026-01-01&zone=Mars/Base",
                "$trend?patient=NOAH&code=http://loinc.org|8867-4&from=2026-01-01&device=sundial",
                "$trend?patient=NOAH&code=http://loinc.org|2823-3&from=2026-01-01&device=cuff"
            })
    void whatIsNotOfItsFormIsRefusedWithTheReason(String asked) {
        Answer answer = ask(asked, WORLD.clinician());

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("SN-MEASUREMENTS-001", "docs/measurements.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$lastn?patient=NOAH&code:in=x", "$stats?subject=NOAH&patient=MIA", "$trend?patient=NOAH&_id=1"})
    void aParameterThatThereIsNotIsRefused(String asked) {
        assertThat(ask(asked, WORLD.clinician()).body()).contains("SN-SEARCH-001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$lastn?patient=NOAH&code=http://loinc.org|8867-4",
                "$lastn?patient=NOAH&code=http://loinc.org|8480-6",
                "$stats?subject=NOAH&coding=http://loinc.org|8867-4&period=2026-01-01/2026-12-31&statistic=count",
                "$trend?patient=NOAH&code=http://loinc.org|8867-4&from=2026-03-01"
            })
    void itIsInTheAuditAsADisclosure(String asked) {
        Answer answer = ask(asked);

        assertThat(get(
                                "/AuditEvent?outcome=0&patient=Patient/" + WORLD.id("noah") + "&request-id="
                                        + answer.header("X-Request-ID").orElseThrow(),
                                TOKENS.auditor())
                        .bundle()
                        .getEntry())
                .singleElement()
                .satisfies(entry -> assertThat(((AuditEvent) entry.getResource()).getOutcome())
                        .isEqualTo(AuditEvent.AuditEventOutcome._0));
    }
}
