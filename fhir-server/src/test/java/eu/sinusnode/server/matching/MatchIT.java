package eu.sinusnode.server.matching;

import static eu.sinusnode.server.matching.Person.HELGA;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.export.ExportWorld;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Audited;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code $match} finds people among those whom the caller may find, and nobody else. */
class MatchIT extends RunningServer {

    private static final Person JOERG =
            new Person("Müller-Weißhaupt", List.of("Jörg", "Peter"), "1948-03-07", "male", "04107", "B123456782");
    private static final Person TWIN = JOERG.withGiven("Uwe").withNumber(null);
    private static final Person LEFT =
            new Person("Zwiebelkopf", List.of("Adalbert"), "1939-11-02", "male", "04109", null);

    private static @Nullable ExportWorld world;

    private static ExportWorld world() {
        ExportWorld made = world;
        if (made == null) {
            made = new ExportWorld("matching");
            load(made, "joerg", JOERG);
            load(made, "twin", TWIN);
            load(made, "left", LEFT);
            load(made, "narrow", LEFT.withFamily("Zwiebelturm"));
            made.withdraw("left");
            made.permitClinic(
                    "narrow", provision -> provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null)));
            world = made;
        }
        return made;
    }

    private static void load(ExportWorld made, String who, Person person) {
        made.patient(who);
        Patient patient = person.patient();
        patient.setId(made.id(who));
        patient.setActive(true);
        patient.getAddress().forEach(address -> address.setCity("Leipzig").setCountry("DE"));
        if (patient.getIdentifier().isEmpty()) {
            patient.addIdentifier().setSystem("https://clinic.example/mrn").setValue(who);
        }
        RunningServer.load(Records.transaction(patient));
    }

    private static Answer ask(Resource body, String token) {
        return post("/Patient/$match", token, body);
    }

    private static List<BundleEntryComponent> matches(Resource body, String token) {
        Answer answer = ask(body, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Bundle bundle = answer.bundle();
        assertThat(bundle.getType()).isEqualTo(BundleType.SEARCHSET);
        return bundle.getEntry();
    }

    private static List<String> told(Resource body, String token) {
        return matches(body, token).stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart() + " "
                        + entry.getSearch()
                                .getExtensionByUrl(MatchOperation.GRADE)
                                .getValue()
                                .primitiveValue())
                .toList();
    }

    private static Parameters parameters(Person person) {
        Parameters parameters = new Parameters();
        parameters.addParameter().setName("resource").setResource(person.patient());
        return parameters;
    }

    private static String clinician() {
        return TOKENS.clinician(world().clinic);
    }

    @Test
    @Covers("resource-operations.html#match")
    void whoIsMeantComesFirst() {
        for (String token : List.of(clinician(), world().clinicToken())) {
            List<BundleEntryComponent> entries = matches(parameters(JOERG), token);

            assertThat(entries).hasSize(2).allSatisfy(entry -> {
                assertThat(entry.getSearch().getMode()).isEqualTo(SearchEntryMode.MATCH);
                assertThat(entry.getSearch().getScore()).isBetween(BigDecimal.ZERO, BigDecimal.ONE);
                assertThat(entry.getFullUrl())
                        .isEqualTo(BASE + "/Patient/"
                                + entry.getResource().getIdElement().getIdPart());
                assertThat(json(entry.getResource()))
                        .isEqualTo(json(get(
                                        "/Patient/"
                                                + entry.getResource()
                                                        .getIdElement()
                                                        .getIdPart(),
                                        token)
                                .resource()));
            });
            assertThat(told(parameters(JOERG), token))
                    .containsExactly(world().id("joerg") + " certain", world().id("twin") + " possible");
            assertThat(told(JOERG.patient(), token)).as("a Patient as the body").hasSize(2);
        }
    }

    @Test
    void slipsAreFound() {
        String joerg = world().id("joerg");
        for (Person slipped : List.of(
                JOERG.withFamily("Mueller Weisshaupt").withNumber(null),
                JOERG.withFamily("MULLER-WEISHAUPT").withNumber(null),
                JOERG.withFamily("Müller").withNumber(null),
                JOERG.withFamily("Jörg").withGiven("Müller-Weißhaupt").withNumber(null),
                JOERG.withBirthDate("1948-07-03").withNumber(null),
                JOERG.withBirthDate("1984-03-07").withNumber(null),
                JOERG.withFamily("Ganzanders").withPostalCode("80331"),
                JOERG.withNumber("B123456728"),
                JOERG.withBirthDate("1948-03").withNumber(null))) {
            assertThat(told(parameters(slipped), clinician()))
                    .as(slipped.toString())
                    .anySatisfy(match -> assertThat(match).isIn(joerg + " certain", joerg + " probable"));
        }
        assertThat(matches(
                        parameters(HELGA.withBirthDate("1901-01-01")
                                .withFamily("Niemand")
                                .withNumber(null)),
                        clinician()))
                .isEmpty();
    }

    @Test
    void onlyTheCertainOneOrFew() {
        Parameters certain = parameters(JOERG);
        certain.addParameter("onlyCertainMatches", new BooleanType(true));
        assertThat(told(certain, clinician())).containsExactly(world().id("joerg") + " certain");
        Parameters uncertain = parameters(JOERG.withNumber(null).withPostalCode(null));
        uncertain.addParameter("onlyCertainMatches", new BooleanType(true));
        assertThat(told(uncertain, clinician())).isEmpty();
        Parameters one = parameters(JOERG);
        one.addParameter("count", new IntegerType(1));
        assertThat(told(one, clinician())).containsExactly(world().id("joerg") + " certain");
    }

    @Test
    void whoIsHiddenIsNoCandidate() {
        Answer hidden = ask(parameters(LEFT), clinician());
        Answer unknown = ask(
                parameters(LEFT.withFamily("Knobelturm").withGiven("Eduard").withBirthDate("1901-01-01")), clinician());
        assertThat(hidden.status()).isEqualTo(200);
        assertThat(hidden.bundle().getEntry()).isEmpty();
        assertThat(unknown.bundle().getEntry()).isEmpty();
        assertThat(told(parameters(LEFT), TOKENS.clinician(Records.CLINIC)))
                .as("another clinic")
                .noneMatch(match -> match.startsWith(world().id("left")));
        assertThat(told(parameters(LEFT.withFamily("Zwiebelturm")), clinician()))
                .as("permitted for Observations alone")
                .isEmpty();
        assertThat(told(parameters(JOERG), TOKENS.clinician(Records.CLINIC)))
                .noneMatch(match -> match.startsWith(world().id("joerg")));
    }

    @Test
    void scopesAndKindsCountAsInSearches() {
        String narrow = world().token(CallerKind.CLINIC_SYSTEM, world().clinic, "system/Observation.rs");
        assertThat(ask(parameters(JOERG), narrow).codes()).containsExactly("SN-SCOPE-001");
        String filtered = world().token(CallerKind.CLINIC_SYSTEM, world().clinic, "system/Patient.rs?gender=male");
        assertThat(ask(parameters(JOERG), filtered).status()).isEqualTo(403);
        for (CallerKind kind : List.of(CallerKind.INSURER, CallerKind.ADMINISTRATOR, CallerKind.ANALYSIS_JOB)) {
            assertThat(ask(
                                    parameters(JOERG),
                                    TOKENS.token(kind, claims -> claims.claim("organization", world().clinic)))
                            .codes())
                    .containsExactly("SN-OPERATION-001");
        }
        assertThat(ask(parameters(JOERG), TOKENS.patient(world().id("joerg"))).codes())
                .containsExactly("SN-OPERATION-001");
        assertThat(send(request("/Patient/$match", null)
                                .header("Content-Type", "application/fhir+json")
                                .POST(BodyPublishers.ofString(json(parameters(JOERG)))))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whatIsNotTakenIsRefusedInWords() {
        Parameters unknown = parameters(JOERG);
        unknown.addParameter("onlyCertain", new BooleanType(true));
        Parameters twice = parameters(JOERG);
        twice.addParameter().setName("resource").setResource(JOERG.patient());
        Parameters many = parameters(JOERG);
        many.addParameter("count", new IntegerType(0));
        Parameters text = parameters(JOERG);
        text.addParameter("onlyCertainMatches", new StringType("true"));
        Parameters other = new Parameters();
        other.addParameter().setName("resource").setResource(new Observation());
        Patient identified = JOERG.patient();
        for (int i = 0; i < 21; i++) {
            identified.addIdentifier().setSystem("https://clinic.example/mrn").setValue("x" + i);
        }
        Person named = JOERG.withFamily("von und zu ".repeat(20));
        Patient ofAYear = new Patient();
        ofAYear.getBirthDateElement().setValueAsString("1952");
        Patient ofTwoLetters = new Patient();
        ofTwoLetters.addName().setFamily("Wu");
        for (Resource body : Stream.of(
                        ofAYear,
                        ofTwoLetters,
                        unknown,
                        twice,
                        many,
                        text,
                        other,
                        new Parameters(),
                        new Patient(),
                        identified,
                        named.patient(),
                        new Observation())
                .toList()) {
            Answer answer = ask(body, clinician());
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.codes()).containsExactly("SN-REQUEST-017");
        }
        assertThat(get("/Patient/$match", clinician()).status()).isBetween(400, 405);
        assertThat(post("/Patient/" + world().id("joerg") + "/$match", clinician(), parameters(JOERG))
                        .status())
                .isBetween(400, 405);
        assertThat(post("/Patient/$match?count=1", clinician(), parameters(JOERG))
                        .codes())
                .containsExactly("SN-SEARCH-001");
    }

    @Test
    void everyoneWhoWasToldStandsInTheAudit() {
        Answer answer = ask(parameters(JOERG), clinician());
        for (String who : List.of("joerg", "twin")) {
            assertThat(eventsOf(answer, world().id(who))).singleElement().satisfies(event -> {
                assertThat(event.getOutcome()).isEqualTo(AuditEvent.AuditEventOutcome._0);
                assertThat(Audited.query(event)).isEqualTo("POST " + BASE + "/Patient/$match");
                assertThat(event.getEntity())
                        .anySatisfy(entity ->
                                assertThat(entity.getWhat().getReference()).startsWith("Patient/" + world().id(who)));
            });
        }
        assertThat(eventsOf(ask(parameters(LEFT), clinician()), world().id("left")))
                .isEmpty();
    }

    private static List<AuditEvent> eventsOf(Answer answer, String patient) {
        return get(
                        "/AuditEvent?patient=Patient/" + patient + "&request-id="
                                + answer.header("X-Request-ID").orElseThrow(),
                        TOKENS.auditor())
                .bundle()
                .getEntry()
                .stream()
                .map(entry -> (AuditEvent) entry.getResource())
                .toList();
    }
}
