package eu.sinusnode.server.population;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.ConsentRequest;
import eu.sinusnode.policy.consent.ConsentRules;
import eu.sinusnode.policy.consent.ConsentedRecord;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.lane.VitalReadingProjection;
import eu.sinusnode.server.lane.VitalReadingTable;
import eu.sinusnode.server.lane.Vitals;
import eu.sinusnode.server.lane.WithoutReadingTable;
import eu.sinusnode.server.projection.JdbcPermitDirectory;
import eu.sinusnode.server.projection.OwnTables;
import eu.sinusnode.server.projection.ProjectionInterceptor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Patients with drawn vital signs, links and directives, and what the pure rules say of each record. */
final class DrawnWorld {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final UUID CLINIC = new UUID(7, 1);

    private static final UUID ANOTHER = new UUID(7, 2);
    private static final UUID EVERYBODY = new UUID(0, 0);
    private static final String PULSE = "364075005";
    private static final int PATIENTS = 12;
    private static final List<ObservationStatus> STATUSES =
            List.of(ObservationStatus.FINAL, ObservationStatus.FINAL, ObservationStatus.ENTEREDINERROR);

    private final JdbcTemplate jdbc;
    private final JdbcPermitDirectory directory;
    private final Random random;
    private final ProjectionInterceptor storage;
    private final List<Observation> vitals = new ArrayList<>();
    private final Set<String> linked = new HashSet<>();

    DrawnWorld(OwnTables tables, DataSource connection, long seed) {
        this.jdbc = new JdbcTemplate(connection);
        this.directory = new JdbcPermitDirectory(connection);
        this.random = new Random(seed);
        this.storage = new ProjectionInterceptor(List.of(new VitalReadingProjection(
                new VitalReadingTable(tables.transaction()), new WithoutReadingTable(tables.transaction()))));
        tables.jdbc()
                .execute("TRUNCATE sinusnode.directive, sinusnode.membership, sinusnode.vital_reading,"
                        + " sinusnode.vital_without_reading");
        for (int patient = 0; patient < PATIENTS; patient++) {
            draw(new UUID(random.nextLong(), patient));
        }
        tables.create(storage, vitals.toArray(Resource[]::new));
    }

    private void draw(UUID patient) {
        List<Observation> own = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            own.add(vital(patient.toString()));
        }
        vitals.addAll(own);
        if (random.nextInt(4) > 0) {
            boolean now = random.nextInt(5) > 0;
            jdbc.update(
                    "INSERT INTO sinusnode.membership (patient, party, relationship, source_type, source,"
                            + " valid_from, valid_to) VALUES (?, ?, 'CARE_TEAM', 'CareTeam', ?, '-infinity',"
                            + " ?::timestamptz)",
                    patient,
                    CLINIC,
                    UUID.randomUUID(),
                    now ? "infinity" : "2026-11-01T00:00:00Z");
            if (now) {
                linked.add(patient.toString());
            }
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            directive(patient, own);
        }
    }

    private Observation vital(String patient) {
        Observation vital =
                switch (random.nextInt(7)) {
                    case 0 -> Vitals.bloodPressure(patient, 131, 84);
                    case 1 -> Vitals.vital(patient, Codes.HEART_RATE);
                    case 2 -> Vitals.vital(patient, Codes.BLOOD_PRESSURE_PANEL);
                    default -> Vitals.heartRate(patient, 64);
                };
        if (random.nextInt(4) == 0) {
            vital.getCode().addCoding(new Coding(Codes.LOINC, Codes.RESTING_HEART_RATE, null));
        }
        if (random.nextInt(5) == 0) {
            vital.getCode().addCoding(new Coding(Codes.SNOMED, PULSE, null));
        }
        String day = "2026-10-0" + (1 + random.nextInt(5));
        vital.setEffective(new DateTimeType(
                random.nextInt(5) == 0
                        ? day
                        : day + "T" + one("23:30:00", "08:00:00", "00:15:00") + one("Z", "+02:00")));
        return vital.setStatus(STATUSES.get(random.nextInt(STATUSES.size())));
    }

    private void directive(UUID patient, List<Observation> own) {
        boolean permit = random.nextInt(3) > 0;
        UUID organization = permit ? one(CLINIC, CLINIC, CLINIC, ANOTHER) : one(CLINIC, ANOTHER, EVERYBODY);
        String purpose = permit ? one("TREAT", "TREAT", "TREAT", "HPAYMT") : one("TREAT", "HPAYMT", "");
        String code =
                one("", "", "", "", Codes.HEART_RATE, Codes.RESTING_HEART_RATE, Codes.BLOOD_PRESSURE_PANEL, PULSE);
        String system = code.isEmpty() ? "" : code.equals(PULSE) ? Codes.SNOMED : Codes.LOINC;
        String instance = own.isEmpty() || random.nextInt(6) > 0 ? null : path(own.get(0));
        boolean timed = random.nextInt(4) == 0;
        jdbc.update(
                "INSERT INTO sinusnode.directive (patient, consent, consent_version, provision, effect,"
                        + " organization, purpose, resource_type, code_system, code, labels, instance, data_from,"
                        + " data_to, valid_from, valid_to) VALUES (?, ?, 1, ?, ?::text::\"char\", ?, ?, ?, ?, ?,"
                        + " ?::text[], ?, ?::timestamptz, ?::timestamptz, '-infinity', ?::timestamptz)",
                patient,
                UUID.randomUUID(),
                "provision",
                permit ? "p" : "d",
                organization.equals(EVERYBODY) ? null : organization,
                given(purpose),
                instance != null ? "Observation" : given(one("", "", "Observation", "Device")),
                given(system),
                given(code),
                random.nextInt(6) == 0 ? "{http://terminology.hl7.org/CodeSystem/v3-Confidentiality|R}" : "{}",
                instance,
                timed ? one("-infinity", "2026-10-01T22:00:00Z", "2026-10-02T22:00:00Z") : null,
                timed ? one("2026-10-03T22:00:00Z", "2026-10-04T22:00:00Z", "infinity") : null,
                random.nextInt(8) == 0 ? "2026-11-01T00:00:00Z" : "infinity");
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static @Nullable String given(String word) {
        return word.isEmpty() ? null : word;
    }

    /** Every Observation of one of the codes, in no order. */
    List<Observation> carrying(Set<String> loinc) {
        return vitals.stream()
                .filter(vital -> vital.getCode().getCoding().stream()
                        .anyMatch(coding -> Codes.LOINC.equals(coding.getSystem()) && loinc.contains(coding.getCode())))
                .toList();
    }

    /** Who has any vital signs. */
    Set<String> patients() {
        return vitals.stream()
                .map(vital -> vital.getSubject().getReferenceElement().getIdPart())
                .collect(Collectors.toSet());
    }

    /** What the pure rules decide for the clinic. */
    boolean isPermitted(Observation vital) {
        String patient = vital.getSubject().getReferenceElement().getIdPart();
        List<Directive> directives = directory.directivesOf(List.of(patient), CLINIC.toString(), Purpose.TREAT, NOW);
        ConsentedRecord record = new ConsentedRecord(
                "Observation",
                path(vital),
                vital.getCode().getCoding().stream()
                        .map(coding -> new Code(coding.getSystem(), coding.getCode()))
                        .collect(Collectors.toSet()),
                Set.of(),
                Validity.ofMoment((DateTimeType) vital.getEffective()));
        ConsentRequest request = new ConsentRequest(Set.of("Organization/" + CLINIC), Purpose.TREAT);
        return linked.contains(patient)
                && ConsentRules.decide(directives, request, record, NOW).isPermitted();
    }

    static Recipient clinic() {
        return new Recipient(CLINIC, "TREAT", "CARE_TEAM", true, NOW.atOffset(ZoneOffset.UTC));
    }

    static String path(Observation vital) {
        return "Observation/" + vital.getIdElement().getIdPart();
    }
}
