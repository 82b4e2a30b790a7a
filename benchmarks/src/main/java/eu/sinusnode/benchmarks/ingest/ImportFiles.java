package eu.sinusnode.benchmarks.ingest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * NDJSON files of made-up patients whom a clinic treats, and of their vital signs: of each three one blood pressure, one
 * heart rate and one weight, each with a vital identifier. A patient's lines stand together, as an archive gives them.
 */
public final class ImportFiles {

    private static final String PATIENT = """
            {"resourceType":"Patient","id":"%1$s","active":true,"gender":"female","birthDate":"1952-08-17","identifier":\
            [{"system":"http://fhir.de/sid/gkv/kvid-10","value":"X110411675"}],"name":[{"family":"Brandt","given":\
            ["Helga"]}],"address":[{"city":"Leipzig","postalCode":"04103","country":"DE"}]}""";
    private static final String TEAM = """
            {"resourceType":"CareTeam","id":"%2$s","status":"active","subject":{"reference":"Patient/%1$s"},"period":{\
            "start":"2020-01-01"},"participant":[{"member":{"reference":"Organization/%3$s"}}]}""";
    private static final String CONSENT = """
            {"resourceType":"Consent","id":"%2$s","status":"active","scope":{"coding":[{"system":\
            "http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},"category":[{"coding":[{\
            "system":"http://loinc.org","code":"59284-0"}]}],"patient":{"reference":"Patient/%1$s"},"dateTime":\
            "2026-01-05","performer":[{"reference":"Patient/%1$s"}],"organization":[{"reference":"Organization/%3$s"}],\
            "sourceAttachment":{"contentType":"application/pdf","data":"JVBERi0xLjcgc2lnbmVkIGZvciBhIGJlbmNobWFyaw==",\
            "hash":"ClKNJb0MVEhvT6C/wsrscvAZIyE=","title":"Consent"},"policy":[{"uri":\
            "https://sinusnode.eu/policy/consent/1"}],"provision":{"type":"deny","provision":[{"type":"permit","actor":\
            [{"role":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"}]},\
            "reference":{"reference":"Organization/%3$s"}}],"purpose":[{"system":\
            "http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"TREAT"}]}]}}""";
    private static final String VITAL = """
            {"resourceType":"Observation","extension":[{"url":\
            "https://sinusnode.eu/fhir/StructureDefinition/measurement-setting","valueCode":"home"}],"identifier":[{\
            "system":"https://sinusnode.eu/sid/vital","value":"%s"}],"status":"final","category":[{"coding":[{\
            "system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"code":{\
            "coding":[{"system":"http://loinc.org","code":"%s"}]},"subject":{"reference":"Patient/%s"},\
            "effectiveDateTime":"%s",%s}""";
    private static final String QUANTITY =
            "\"valueQuantity\":{\"value\":%s,\"unit\":\"%2$s\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"%2$s\"}";

    /** Patients measure at all seconds of an hour. */
    private static final int HOUR = 3600;

    private final List<UUID> patients;
    private final Random random = new Random(1);
    private final OffsetDateTime end;

    /** Of so many made-up patients. */
    ImportFiles(int patients) {
        this(
                Stream.generate(UUID::randomUUID).limit(patients).toList(),
                OffsetDateTime.now(ZoneOffset.UTC).minusDays(1));
    }

    /**
     * Of patients whom the server knows.
     *
     * @param end of the measurements
     */
    public ImportFiles(List<UUID> patients, OffsetDateTime end) {
        this.patients = List.copyOf(patients);
        this.end = end.truncatedTo(ChronoUnit.SECONDS);
    }

    /** @return names of the files of patients, care teams and Consents */
    List<String> households(Path folder, String clinic) throws IOException {
        return List.of(
                households(folder, "bench-patients.ndjson", PATIENT, clinic),
                households(folder, "bench-teams.ndjson", TEAM, clinic),
                households(folder, "bench-consents.ndjson", CONSENT, clinic));
    }

    private String households(Path folder, String name, String line, String clinic) throws IOException {
        try (BufferedWriter file = Files.newBufferedWriter(folder.resolve(name))) {
            for (UUID patient : patients) {
                file.write(line.formatted(patient, UUID.randomUUID(), clinic));
                file.newLine();
            }
        }
        return name;
    }

    /**
     * @param count of all files together
     * @return names of the files
     */
    List<String> vitals(Path folder, String mark, long count, int files) throws IOException {
        List<String> names = new ArrayList<>();
        long written = 0;
        int patient = 0;
        // The last patients rather have none than that the first ones have two at one time.
        long each = (count + patients.size() - 1) / patients.size();
        for (int i = 0; i < files; i++) {
            String name = "bench-" + mark + "-" + i + ".ndjson";
            names.add(name);
            long until = count * (i + 1) / files;
            try (BufferedWriter file = Files.newBufferedWriter(folder.resolve(name))) {
                while (written < until) {
                    UUID who = patients.get(patient++ % patients.size());
                    for (long number = 0; number < each && written < until; number++, written++) {
                        file.write(vital(mark, who, written, number, patient));
                        file.newLine();
                    }
                }
            }
        }
        return names;
    }

    private String vital(String mark, UUID patient, long number, long ofPatient, int second) {
        String at = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                end.minusMinutes(61 * (ofPatient / 3) + 1).minusSeconds(second % HOUR));
        String identifier = mark + "-" + number;
        return switch ((int) (number % 3)) {
            case 0 ->
                VITAL.formatted(
                        identifier,
                        "85354-9",
                        patient,
                        at,
                        "\"component\":[" + component("8480-6", random.nextInt(105, 170)) + ","
                                + component("8462-4", random.nextInt(60, 100)) + "]");
            case 1 ->
                VITAL.formatted(identifier, "8867-4", patient, at, QUANTITY.formatted(random.nextInt(50, 120), "/min"));
            default ->
                VITAL.formatted(
                        identifier,
                        "29463-7",
                        patient,
                        at,
                        QUANTITY.formatted(String.format(Locale.ROOT, "%.1f", random.nextDouble(50, 110)), "kg"));
        };
    }

    private static String component(String code, int value) {
        return "{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"" + code + "\"}]},"
                + QUANTITY.formatted(value, "mm[Hg]") + "}";
    }
}
