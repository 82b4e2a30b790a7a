package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import eu.sinusnode.policy.access.CallerKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ISiK Stufe 3, module for vital signs: each search of its server's CapabilityStatement for Observations. */
class VitalSignsGuideIT extends RunningServer {

    private static final String FILE = "de.gematik.isik-vitalparameter-3.1.1.tgz";
    private static final String STATEMENT = "CapabilityStatement-ISiK-capabilityStatement-vitalparameter-server.json";

    /** By name, a value that finds the heart rate of the walk. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("_id", WalkWorld.VITAL),
            Map.entry("category", "http://terminology.hl7.org/CodeSystem/observation-category|vital-signs"),
            Map.entry("code", "http://loinc.org|8867-4"),
            Map.entry("combo-code", "http://loinc.org|8867-4"),
            Map.entry("combo-code-value-quantity", "http://loinc.org|8867-4$gt40|http://unitsofmeasure.org|/min"),
            Map.entry("component-code", "http://loinc.org|8480-6"),
            Map.entry("date", "ge2020-01-01"),
            Map.entry("encounter", "Encounter/" + Records.id("walk-no-encounter")),
            Map.entry("patient", "Patient/" + WalkWorld.PATIENT),
            Map.entry("status", "final"),
            Map.entry("subject", "Patient/" + WalkWorld.PATIENT));

    /** The vital has no component, and was taken outside of an encounter. */
    private static final Set<String> FIND_ANOTHER = Set.of("component-code", "encounter");

    private static boolean loaded;

    @BeforeEach
    void world() {
        if (!loaded) {
            WalkWorld.load();
            loaded = true;
        }
    }

    @Test
    void everySearchOfTheGuideFindsItsVital() {
        Optional<CapabilityStatement> guide = GuidePackage.statement(FILE, STATEMENT);
        assumeThat(guide).as(FILE + " is not here").isPresent();
        CapabilityStatementRestResourceComponent observations =
                guide.orElseThrow().getRestFirstRep().getResource().stream()
                        .filter(type -> type.getType().equals("Observation"))
                        .findFirst()
                        .orElseThrow();
        List<String> names = observations.getSearchParam().stream()
                .map(CapabilityStatementRestResourceSearchParamComponent::getName)
                .toList();
        assertThat(names).contains("combo-code", "combo-code-value-quantity", "component-code", "status");
        for (CallerKind kind : List.of(CallerKind.CLINIC_SYSTEM, CallerKind.CLINICIAN, CallerKind.PATIENT)) {
            for (String name : names) {
                String value = Objects.requireNonNull(VALUES.get(name), name);
                Answer answer = get(
                        "/Observation?patient=" + WalkWorld.PATIENT + "&" + name + "="
                                + URLEncoder.encode(value, StandardCharsets.UTF_8),
                        WalkWorld.token(kind));
                assertThat(answer.status())
                        .as(kind + " " + name + answer.body())
                        .isEqualTo(200);
                assertThat(answer.body().contains(WalkWorld.VITAL))
                        .as(kind + " " + name)
                        .isEqualTo(!FIND_ANOTHER.contains(name));
            }
        }
    }
}
