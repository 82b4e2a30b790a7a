package eu.sinusnode.server.erasure;

import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What keeps a record although somebody wants it erased (Art. 17(3) GDPR). */
enum HoldGround {
    /** A law says how long it is kept, e.g. § 630f BGB ten years after the treatment: (b), (c). */
    RETENTION_DUTY("retention-duty"),
    /** It is needed for a claim, or against one: (e). */
    LEGAL_CLAIM("legal-claim"),
    /** A court or an authority has ordered it: (b). */
    AUTHORITY("authority");

    private final String code;

    HoldGround(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static HoldGround of(String code) {
        return Arrays.stream(values())
                .filter(ground -> ground.code.equals(code))
                .findFirst()
                .orElseThrow(() -> Denials.problem(
                        RequestProblem.ERASURE_REQUEST,
                        "ground is one of "
                                + Arrays.stream(values()).map(HoldGround::code).collect(Collectors.joining(", "))));
    }
}
