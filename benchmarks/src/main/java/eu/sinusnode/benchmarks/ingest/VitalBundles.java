package eu.sinusnode.benchmarks.ingest;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Transactions of new vital signs, as a clinic's system sends what its devices brought: of each three entries one blood
 * pressure, one heart rate and one weight, each with an identifier of its own. For one thread.
 */
public final class VitalBundles {

    static final int ENTRIES = 100;

    private static final String ENTRY = """
            {"fullUrl":"urn:uuid:%s","resource":{"resourceType":"Observation","extension":[{"url":\
            "https://sinusnode.eu/fhir/StructureDefinition/measurement-setting","valueCode":"home"}],"identifier":[{\
            "system":"https://sinusnode.eu/sid/benchmark","value":"%s"}],"status":"final","category":[{"coding":[{\
            "system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"code":{\
            "coding":[{"system":"http://loinc.org","code":"%s"}]},"subject":{"reference":"Patient/%s"},\
            "effectiveDateTime":"%s",%s},"request":{"method":"POST","url":"Observation"}}""";

    private static final String QUANTITY =
            "\"valueQuantity\":{\"value\":%s,\"unit\":\"%2$s\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"%2$s\"}";

    private final List<String> patients;
    private OffsetDateTime at;
    private int patient = ThreadLocalRandom.current().nextInt(1 << 20);

    public VitalBundles(List<String> patients) {
        this.patients = patients;
        // Each connection has weeks of its own, far enough back that none of it lies in the future.
        this.at = OffsetDateTime.now(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .minusDays(1_000 + ThreadLocalRandom.current().nextInt(2_000));
    }

    public String next() {
        StringBuilder bundle =
                new StringBuilder(120_000).append("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
        for (int i = 0; i < ENTRIES; i++) {
            if (i > 0) {
                bundle.append(',');
            }
            at = at.plusSeconds(61);
            bundle.append(entry(i));
        }
        return bundle.append("]}").toString();
    }

    private String entry(int i) {
        UUID id = UUID.randomUUID();
        // A plain toString would leave out seconds that are zero, and such a time is refused.
        String effective = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at);
        String subject = patients.get((patient + i / 3) % patients.size());
        if (i == ENTRIES - 1) {
            patient++;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return switch (i % 3) {
            case 0 -> ENTRY.formatted(id, id, "85354-9", subject, effective, pressure(random));
            case 1 ->
                ENTRY.formatted(
                        id, id, "8867-4", subject, effective, QUANTITY.formatted(random.nextInt(50, 120), "/min"));
            default ->
                ENTRY.formatted(
                        id,
                        id,
                        "29463-7",
                        subject,
                        effective,
                        QUANTITY.formatted(String.format(Locale.ROOT, "%.1f", random.nextDouble(50, 110)), "kg"));
        };
    }

    private static String pressure(ThreadLocalRandom random) {
        return "\"component\":[" + component("8480-6", random.nextInt(105, 170)) + ","
                + component("8462-4", random.nextInt(60, 100)) + "]";
    }

    private static String component(String code, int value) {
        return "{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"" + code + "\"}]},"
                + QUANTITY.formatted(value, "mm[Hg]") + "}";
    }
}
