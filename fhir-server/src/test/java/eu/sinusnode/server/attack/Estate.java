package eu.sinusnode.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.projection.Consents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.DeviceNameType;
import org.hl7.fhir.r4.model.Device.FHIRDeviceStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/**
 * Loads the hidden patients and the attackers' own ones, in an order by which no time of storage tells anything: first all
 * that attackers may see, then Ada's secrets, then Bea's, then those of the restricted ones.
 */
final class Estate {

    private static final String ALGORITHM = Records.id("fuzz-algorithm");
    private static final long BETWEEN_MILLISECONDS = 1_200;

    private final List<Resource> own = new ArrayList<>();
    private final List<World> worlds = new ArrayList<>();
    private final List<World> worldsOfOneCode = new ArrayList<>();
    private final List<World> restrictedWorlds = new ArrayList<>();

    List<Attacker> attackers() {
        return List.of(
                patient(),
                clinic("clinician of a foreign clinic", CallerKind.CLINICIAN, HiddenPatients.FOREIGN),
                clinic("system of a foreign clinic", CallerKind.CLINIC_SYSTEM, HiddenPatients.FOREIGN_SYSTEM),
                clinic("clinician whose care team has ended", CallerKind.CLINICIAN, HiddenPatients.EXPIRED),
                clinic("system of a care team without permit", CallerKind.CLINIC_SYSTEM, HiddenPatients.UNPERMITTED),
                clinic("clinician with a permit and no link", CallerKind.CLINICIAN, HiddenPatients.UNLINKED),
                insurer("insurer without permit", HiddenPatients.INSURER, worlds),
                insurer("insurer whose coverage has ended", HiddenPatients.LAPSED_INSURER, worlds),
                insurer("insurer with a permit for another code", HiddenPatients.INSURER_OF_ONE_CODE, worldsOfOneCode),
                insurer(
                        "insurer who is denied all but one code",
                        HiddenPatients.INSURER_WITH_EXCEPTIONS,
                        worldsOfOneCode),
                insurer("insurer with a permit for another year", HiddenPatients.INSURER_OF_ONE_TIME, worldsOfOneCode),
                insurer(
                        "insurer with a permit of what is normal",
                        HiddenPatients.INSURER_OF_WHAT_IS_NORMAL,
                        worldsOfOneCode),
                insurer("insurer who is denied a label", HiddenPatients.INSURER_WITHOUT_A_LABEL, worldsOfOneCode),
                insurer(
                        "insurer who is denied single records",
                        HiddenPatients.INSURER_WITHOUT_RECORDS,
                        worldsOfOneCode),
                insurer("insurer with a permit of an author", HiddenPatients.INSURER_OF_AN_AUTHOR, worldsOfOneCode),
                insurer("insurer who is denied an author", HiddenPatients.INSURER_WITHOUT_AN_AUTHOR, worldsOfOneCode),
                insurer("insurer with a permit of a stay", HiddenPatients.INSURER_OF_A_STAY, worldsOfOneCode),
                insurer("insurer who is denied a stay", HiddenPatients.INSURER_WITHOUT_A_STAY, worldsOfOneCode),
                clinic(
                        "system of a team with a permit for another code",
                        CallerKind.CLINIC_SYSTEM,
                        HiddenPatients.CLINIC_OF_A_TEAM,
                        Records.PRACTITIONER,
                        worldsOfOneCode),
                clinic(
                        "clinician who is denied as a person",
                        CallerKind.CLINICIAN,
                        HiddenPatients.CLINIC_OF_A_DENIED_PERSON,
                        HiddenPatients.DENIED_PERSON,
                        worlds),
                clinic(
                        "system with a permit for another purpose",
                        CallerKind.CLINIC_SYSTEM,
                        HiddenPatients.CLINIC_OF_ANOTHER_PURPOSE),
                clinic(
                        "clinician of those whose records are restricted",
                        CallerKind.CLINICIAN,
                        HiddenPatients.CLINIC_OF_THE_RESTRICTED,
                        Records.PRACTITIONER,
                        restrictedWorlds),
                clinic(
                        "clinician whose opening in an emergency is over",
                        CallerKind.CLINICIAN,
                        HiddenPatients.CLINIC_OF_AN_EMERGENCY),
                clinic("analysis job", CallerKind.ANALYSIS_JOB, HiddenPatients.FOREIGN));
    }

    /** The clinician who treats the hidden patients: tells the worlds apart, as the oracle has to notice. */
    Attacker permitted() {
        return clinic("clinician who treats them", CallerKind.CLINICIAN, HiddenPatients.CARING);
    }

    void load() {
        List<Resource> open = new ArrayList<>(HiddenPatients.organizations());
        open.add(algorithm());
        open.add(Records.practitioner().setId(HiddenPatients.DENIED_PERSON));
        for (Secret secret : List.of(Secret.ADA, Secret.BEA, Secret.DORA, Secret.EMMA)) {
            open.addAll(FurtherRecords.directory(secret));
        }
        put(open);
        // Making them collects their own records.
        attackers();
        permitted();
        put(distinct(own));
        for (Secret secret : List.of(Secret.ADA, Secret.BEA, Secret.CLEO, Secret.DORA, Secret.EMMA)) {
            put(HiddenPatients.links(secret));
        }
        for (Secret secret : List.of(Secret.ADA, Secret.BEA)) {
            World world = world(secret, secret == Secret.ADA ? 2 : 3);
            worlds.add(world);
            worldsOfOneCode.add(world);
            openAndClose(secret);
        }
        for (Secret secret : List.of(Secret.DORA, Secret.EMMA)) {
            put(HiddenPatients.openBesideRestriction(secret));
            restrictedWorlds.add(world(secret, secret == Secret.DORA ? 2 : 3));
            restrict(secret);
        }
        worlds.add(new World("without", values(Secret.NOBODY)));
        restrictedWorlds.add(new World("without", values(Secret.NOBODY)));
        worldsOfOneCode.add(new World("without, but with a heart rate", values(Secret.CLEO)));
        pause();
    }

    /** Stores all that is secret of the patient. */
    private World world(Secret secret, int versions) {
        pause();
        put(HiddenPatients.records(secret));
        put(FurtherRecords.ofPatient(secret));
        put(List.of(HiddenConsents.withoutRecords(secret, List.of(HiddenPatients.id(secret, "bp")))));
        Map<String, String> flag = flag(secret);
        for (int version = 2; version <= versions; version++) {
            put(List.of(HiddenPatients.bloodPressure(secret)
                    .setIssued(Date.from(Instant.parse(secret.effective()).plusSeconds(version)))));
        }
        Map<String, String> values = values(secret);
        values.putAll(flag);
        pause();
        return new World(secret.name(), values);
    }

    private static void restrict(Secret secret) {
        String patient = HiddenPatients.id(secret, "patient");
        Parameters asked = new Parameters();
        asked.addParameter("patient", new Reference("Patient/" + patient));
        asked.addParameter("ground", new CodeType("unlawful"));
        operate(patient, "$restrict", RunningServer.TOKENS.loader(), asked);
    }

    private static void openAndClose(Secret secret) {
        String patient = HiddenPatients.id(secret, "patient");
        String token = RunningServer.TOKENS.token(
                CallerKind.CLINICIAN, claims -> claims.claim("organization", HiddenPatients.CLINIC_OF_AN_EMERGENCY)
                        .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                        .claim("amr", List.of("otp")));
        Parameters reason = new Parameters();
        reason.addParameter("reason", new CodeType("ETREAT"));
        reason.addParameter("text", new StringType("Brought in unconscious."));
        operate(patient, "$break-glass", token, reason);
        assertThat(RunningServer.get("/Patient/" + patient, token).status()).isEqualTo(200);
        operate(patient, "$break-glass", token, new Parameters().addParameter("ended", true));
    }

    private static void operate(String patient, String operation, String token, Parameters asked) {
        Answer answer = RunningServer.post("/Patient/" + patient + "/" + operation, token, asked);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** The ids that the server has given to flag, provenance and task. */
    private static Map<String, String> flag(Secret secret) {
        String job = RunningServer.TOKENS.token(
                CallerKind.ANALYSIS_JOB, claims -> claims.claim("organization", HiddenPatients.SCORING));
        Bundle flag = HiddenPatients.flag(secret, ALGORITHM);
        String body = FhirContext.forR4Cached()
                .newJsonParser()
                .setStripVersionsFromReferences(false)
                .encodeResourceToString(flag);
        Answer answer = RunningServer.post("", job, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<String> ids = answer.bundle().getEntry().stream()
                .map(entry -> new IdType(entry.getResponse().getLocation()).getIdPart())
                .toList();
        return Map.of("flag", ids.get(0), "provenance", ids.get(1), "task", ids.get(2));
    }

    private Map<String, String> values(Secret secret) {
        Map<String, String> values = HiddenPatients.values(secret);
        values.put("base", RunningServer.BASE);
        values.put("practitioner", Records.PRACTITIONER);
        values.put("updated", Instant.now().toString().replaceAll("\\.\\d+", ""));
        values.put("page", page(secret));
        return values;
    }

    /** The page that the treating clinician's search for the patient has next. */
    private String page(Secret secret) {
        String search = "/Observation?_count=1&patient=" + HiddenPatients.id(secret, "patient");
        Answer answer = RunningServer.get(search, RunningServer.TOKENS.clinician(HiddenPatients.CARING));
        return answer.bundle().getLink().stream()
                .filter(link -> link.getRelation().equals("next"))
                .map(link -> link.getUrl().replaceAll(".*_getpages=([^&]+).*", "$1"))
                .findFirst()
                .orElse(UUID.randomUUID().toString());
    }

    private Attacker patient() {
        String id = household("other patient");
        return new Attacker(
                "other patient",
                renewed(() -> RunningServer.TOKENS.patient(id)),
                seenFrom("other patient", "none", worlds));
    }

    private Attacker clinic(String name, CallerKind kind, String organization) {
        return clinic(name, kind, organization, Records.PRACTITIONER, worlds);
    }

    private Attacker clinic(
            String name, CallerKind kind, String organization, String practitioner, List<World> theirs) {
        String id = household(name);
        own.add(withId(name + "-team", HiddenPatients.team(id, organization, null)));
        own.add(permitting(name, id, organization, kind.purpose()));
        Supplier<String> token = () -> RunningServer.TOKENS.token(kind, claims -> {
            claims.claim("organization", organization);
            return kind == CallerKind.CLINICIAN ? claims.claim("fhirUser", "Practitioner/" + practitioner) : claims;
        });
        return new Attacker(name, renewed(token), seenFrom(name, organization, theirs));
    }

    private Attacker insurer(String name, String organization, List<World> theirs) {
        String id = household(name);
        own.add(withId(name + "-coverage", HiddenPatients.coverage(id, organization, null)));
        own.add(permitting(name, id, organization, Purpose.HPAYMT));
        return new Attacker(
                name,
                renewed(() -> RunningServer.TOKENS.token(
                        CallerKind.INSURER, claims -> claims.claim("organization", organization))),
                seenFrom(name, organization, theirs));
    }

    private List<World> seenFrom(String name, String organization, List<World> theirs) {
        Map<String, String> values = new HashMap<>();
        values.put("own", Records.id(name));
        values.put("ownDevice", Records.id(name + "-cuff"));
        values.put("ownHr", Records.id(name + "-hr"));
        values.put("ownBp", Records.id(name + "-hr-2"));
        values.put("org", organization);
        return theirs.stream().map(world -> world.with(values)).toList();
    }

    private String household(String name) {
        String id = Records.id(name);
        Patient patient = Records.patient(id);
        patient.getNameFirstRep().setFamily("Zuse");
        patient.setBirthDateElement(new DateType("1931-01-02"));
        own.add(patient);
        own.add(Records.cuff(Records.id(name + "-cuff"), id));
        own.add(HiddenPatients.heartRate(Records.id(name + "-hr"), id, Records.id(name + "-cuff"), name + "-1"));
        own.add(HiddenPatients.heartRate(Records.id(name + "-hr-2"), id, Records.id(name + "-cuff"), name + "-2"));
        return id;
    }

    private static Consent permitting(String name, String patient, String organization, Purpose purpose) {
        Consent consent = HiddenConsents.newConsent(patient, organization);
        Consents.permit(consent, organization, purpose);
        return withId(name + "-consent", consent);
    }

    private static Device algorithm() {
        Device algorithm = new Device();
        algorithm.setId(ALGORITHM);
        algorithm.setStatus(FHIRDeviceStatus.ACTIVE);
        algorithm.addDeviceName().setName("A model").setType(DeviceNameType.MODELNAME);
        algorithm.setType(new CodeableConcept(new Coding(Codes.SNOMED, Codes.SOFTWARE, null)));
        algorithm.addVersion().setValue("1.0.0");
        return algorithm;
    }

    private static <T extends Resource> T withId(String name, T record) {
        record.setId(Records.id(name));
        return record;
    }

    private static List<Resource> distinct(List<Resource> records) {
        Map<String, Resource> byId = new java.util.LinkedHashMap<>();
        records.forEach(record -> byId.put(record.getIdElement().getIdPart(), record));
        return List.copyOf(byId.values());
    }

    private static void put(List<? extends Resource> records) {
        RunningServer.load(Records.transaction(records.toArray(Resource[]::new)));
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    /** A token is used for three of its five minutes. */
    private static Supplier<String> renewed(Supplier<String> tokens) {
        return new Supplier<>() {
            private String token = "";
            private Instant until = Instant.MIN;

            @Override
            public synchronized String get() {
                if (Instant.now().isAfter(until)) {
                    token = tokens.get();
                    until = Instant.now().plusSeconds(180);
                }
                return token;
            }
        };
    }
}
