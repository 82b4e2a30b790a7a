package eu.sinusnode.server.erasure;

import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Why the use of a record is restricted (Art. 18(1) GDPR). */
enum RestrictionGround {
    /** (a): the patient contests that it is right, until that is settled. */
    ACCURACY_CONTESTED("accuracy-contested"),
    /** (b): it was processed unlawfully, and the patient does not want it erased. */
    UNLAWFUL("unlawful"),
    /** (c): it is not needed any more but by the patient, for a legal claim. */
    LEGAL_CLAIM("legal-claim"),
    /** (d): the patient has objected, until it is settled whose grounds weigh more. */
    OBJECTION("objection");

    private final String code;

    RestrictionGround(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static RestrictionGround of(String code) {
        return Arrays.stream(values())
                .filter(ground -> ground.code.equals(code))
                .findFirst()
                .orElseThrow(() -> Denials.problem(
                        RequestProblem.ERASURE_REQUEST,
                        "ground is one of "
                                + Arrays.stream(values())
                                        .map(RestrictionGround::code)
                                        .collect(Collectors.joining(", "))));
    }
}
