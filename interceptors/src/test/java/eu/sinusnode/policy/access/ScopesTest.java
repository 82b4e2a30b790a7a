package eu.sinusnode.policy.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {

    @ParameterizedTest
    @CsvSource({
        "patient/Observation.rs, PATIENT, Observation, READ, true",
        "patient/Observation.rs, PATIENT, Observation, SEARCH, true",
        "patient/Observation.rs, PATIENT, Observation, CREATE, false",
        "patient/Observation.rs, PATIENT, Condition, READ, false",
        "patient/Observation.rs, USER, Observation, READ, false",
        "patient/Observation.r, PATIENT, Observation, SEARCH, false",
        "user/*.rs, USER, Condition, SEARCH, true",
        "user/*.rs, USER, Condition, UPDATE, false",
        "system/Observation.cruds, SYSTEM, Observation, UPDATE, true",
        "user/*.read, USER, Goal, SEARCH, true",
        "user/*.read, USER, Goal, READ, true",
        "user/*.read, USER, Goal, CREATE, false",
        "patient/Observation.write, PATIENT, Observation, CREATE, true",
        "patient/Observation.write, PATIENT, Observation, READ, false",
        "system/*.*, SYSTEM, Task, UPDATE, true",
    })
    void coverage(String scope, ScopeContext context, String type, Interaction interaction, boolean covered) {
        assertThat(Scopes.parse(scope).cover(context, type, interaction)).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openid profile launch/patient offline_access",
                "patient/Observation.rs?category=vital-signs",
                "patient/Observation.rs?",
                "patient/Observation.rs?category",
                "patient/Observation.rs?category=",
                "patient/Observation.rs?category=a|b&category=a|c",
                "patient/Observation.rs?category=a|b&status=x|y",
                "patient/Observation.rs?category:not=a|b",
                "patient/Observation.rs?category=a|b,",
                "patient/Observation.rs?category=%zz",
                "patient/Observation.read?category=a|b",
                "patient/*.rs?category=a|b",
                "patient/Patient.rs?name=a|b",
                "patient/Observation.sr",
                "patient/Observation.",
                "patient/Observation.x",
                "patient/Observation",
                "Patient/Observation.rs",
                "practitioner/*.rs",
                "patient/observation.rs",
                "patient/*.*.rs",
                "xpatient/*.rs",
                "",
            })
    void whatIsNoPlainResourceScopeGivesNothing(String claim) {
        assertThat(Scopes.parse(claim).granted()).isEmpty();
    }

    @Test
    void deleteHasALetterAndGivesNothingMore() {
        assertThat(Scopes.parse("patient/Observation.ds").granted())
                .singleElement()
                .satisfies(scope ->
                        assertThat(scope.interactions()).isEqualTo(Set.of(Interaction.DELETE, Interaction.SEARCH)));
        assertThat(Scopes.parse("patient/Observation.d").granted())
                .singleElement()
                .satisfies(scope -> assertThat(scope.interactions()).isEqualTo(Set.of(Interaction.DELETE)));
    }

    /** A scope that an operation asks for opens nothing else. */
    @Test
    void whoMayBookMayNotWriteAppointmentsFreely() {
        AccessMatrix matrix = AccessMatrix.standard();
        assertThat(matrix.scopesOf(CallerKind.PATIENT)).contains("patient/Appointment.crus");
        assertThat(matrix.allows(CallerKind.PATIENT, "Appointment", Interaction.CREATE))
                .isFalse();
        assertThat(matrix.allows(CallerKind.PATIENT, "Appointment", Interaction.UPDATE))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(CallerKind.class)
    void scopesOfTheMatrixCoverTheMatrixAndNoMore(CallerKind kind) {
        AccessMatrix matrix = AccessMatrix.standard();
        Scopes scopes = Scopes.parse(String.join(" ", matrix.scopesOf(kind)));
        for (String type : matrix.resourceTypes()) {
            for (Interaction interaction : Interaction.values()) {
                assertThat(scopes.cover(kind.scopeContext(), type, interaction))
                        .as(kind + " " + type + " " + interaction)
                        .isEqualTo(matrix.allows(kind, type, interaction)
                                || interaction == Interaction.SEARCH && matrix.exports(kind, type)
                                || matrix.operations().values().stream()
                                        .anyMatch(operation -> operation.interaction() == interaction
                                                && operation.callers().contains(kind)
                                                && operation.scopeType(kind).equals(type)));
            }
        }
    }

    @Property
    void moreWordsNeverTakeAway(@ForAll @NotEmpty String noise) {
        Scopes scopes = Scopes.parse("user/Condition.rs " + noise);
        assertThat(scopes.cover(ScopeContext.USER, "Condition", Interaction.READ))
                .isTrue();
    }
}
