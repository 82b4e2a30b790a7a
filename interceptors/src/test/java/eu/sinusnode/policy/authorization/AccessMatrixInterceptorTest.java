package eu.sinusnode.policy.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.World;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the access matrix over HTTP: closed cells are refused, and open ones need their scope. */
class AccessMatrixInterceptorTest {

    private static final Set<String> CLOSED = Set.of("SN-INTERACTION-001");
    private static final AccessMatrix MATRIX = AccessMatrix.standard();

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    static Stream<Arguments> rows() {
        return Arrays.stream(CallerKind.values())
                .flatMap(kind -> MATRIX.resourceTypes().stream().sorted().map(type -> Arguments.of(kind, type)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rows")
    void cellsOfOneCallerAndType(CallerKind kind, String type) {
        for (Interaction interaction : Interaction.values()) {
            Map<String, Object> claims = Callers.of(kind);
            boolean open = MATRIX.allows(kind, type, interaction);
            assertThat(CLOSED.contains(codeOf(call(claims, type, interaction))))
                    .as(interaction + " is " + (open ? "open" : "closed"))
                    .isEqualTo(!open);
            // Scopes beyond the matrix widen nothing.
            Map<String, Object> inflated = Callers.with(claims, "scope", everything(claims));
            assertThat(CLOSED.contains(codeOf(call(inflated, type, interaction))))
                    .isEqualTo(!open);
            if (open) {
                Map<String, Object> unscoped =
                        Callers.with(claims, "scope", "openid " + withoutOne(kind, type, interaction));
                assertThat(codeOf(call(unscoped, type, interaction))).isEqualTo("SN-SCOPE-001");
            }
        }
    }

    @Test
    void scopesOfAnotherContextDoNotCount() {
        Map<String, Object> patient = Callers.with(Callers.patient(World.ANNA), "scope", "user/*.rs system/*.rs");
        assertThat(server.get(patient, "Observation").code()).isEqualTo("SN-SCOPE-001");
        Map<String, Object> granular =
                Callers.with(Callers.patient(World.ANNA), "scope", "patient/Observation.rs?category=vital-signs");
        assertThat(server.get(granular, "Observation").code()).isEqualTo("SN-SCOPE-001");
    }

    @Test
    void operationIsForTheJobWithItsScope() {
        assertThat(server.get(Callers.job(), "$vital-readings?patients=5").status())
                .isEqualTo(200);
        assertThat(server.get(Callers.job(), "$vital-readings?patients=5&_since=2026")
                        .code())
                .isEqualTo("SN-SEARCH-001");
        Map<String, Object> unscoped = Callers.with(Callers.job(), "scope", "system/Task.rs");
        assertThat(server.get(unscoped, "$vital-readings").code()).isEqualTo("SN-SCOPE-001");
        for (CallerKind kind : CallerKind.values()) {
            if (kind != CallerKind.ANALYSIS_JOB) {
                assertThat(server.get(Callers.of(kind), "$vital-readings").code())
                        .isEqualTo("SN-OPERATION-001");
            }
        }
    }

    @Test
    void pagesAreForThoseWhoSearch() {
        String page = "?_getpages=4a3c2b1d-0000-4000-8000-000000000000&_getpagesoffset=20&_count=20";
        assertThat(server.get(Callers.clinician(World.CLINIC), page).status()).isIn(400, 410);
        Map<String, Object> writing = Callers.with(Callers.administrator(), "scope", "system/Patient.cud");
        assertThat(server.get(writing, page).code()).isEqualTo("SN-SCOPE-001");
        assertThat(server.get(Callers.clinician(World.CLINIC), page + "&_include=Observation:subject")
                        .status())
                .isIn(400, 410);
        assertThat(server.get(Callers.clinician(World.CLINIC), page + "&_include=Observation:performer")
                        .code())
                .isEqualTo("SN-SEARCH-001");
        assertThat(server.get(Callers.clinician(World.CLINIC), page + "&_revinclude=Consent:patient")
                        .code())
                .isEqualTo("SN-INTERACTION-001");
    }

    /** Without a patient, patient scopes would identify nobody. */
    private static String everything(Map<String, Object> claims) {
        String all = "system/*.cruds user/*.cruds system/*.* user/*.*";
        return claims.containsKey("patient") ? all + " patient/*.cruds patient/*.*" : all;
    }

    private static Answer call(Map<String, Object> claims, String type, Interaction interaction) {
        return switch (interaction) {
            case READ -> server.get(claims, type + "/some-id");
            case SEARCH -> server.get(claims, type);
            case CREATE -> server.post(claims, type, empty(type));
            case DELETE -> server.delete(claims, type + "/some-id");
            case UPDATE -> {
                Resource resource = empty(type);
                resource.setId("some-id");
                yield server.put(claims, type + "/some-id", resource);
            }
        };
    }

    private static Resource empty(String type) {
        return (Resource) PolicyServer.FHIR.getResourceDefinition(type).newInstance();
    }

    /** The denial code, or an empty text for every other answer. */
    private static String codeOf(Answer answer) {
        return answer.body().contains("OperationOutcome") ? String.valueOf(answer.code()) : "";
    }

    /** All the caller's scopes but the one letter that the interaction needs. */
    private static String withoutOne(CallerKind kind, String type, Interaction interaction) {
        String prefix = kind.scopeContext().prefix() + "/" + type + ".";
        return String.join(
                " ",
                MATRIX.scopesOf(kind).stream()
                        .map(scope -> scope.startsWith(prefix)
                                ? prefix + scope.substring(prefix.length()).replace("" + interaction.permission(), "")
                                : scope)
                        .toList());
    }
}
