package eu.sinusnode.server.erasure;

import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Why somebody is erased (Art. 17(1) GDPR). A code and no text: what is kept of an erasure tells nothing of the person. */
enum ErasureReason {
    /** The purpose is fulfilled, or the time of retention has passed: (a). */
    NO_LONGER_NEEDED("no-longer-needed"),
    /** The person withdrew the consent that it rested on: (b). */
    CONSENT_WITHDRAWN("consent-withdrawn"),
    /** The person objected, and nothing outweighs that: (c). */
    OBJECTION("objection"),
    /** It should never have been stored: (d). */
    UNLAWFUL("unlawful"),
    /** A law demands it: (e). */
    LEGAL_OBLIGATION("legal-obligation");

    private final String code;

    ErasureReason(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static ErasureReason of(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code.equals(code))
                .findFirst()
                .orElseThrow(() -> Denials.problem(
                        RequestProblem.ERASURE_REQUEST,
                        "reason is one of "
                                + Arrays.stream(values())
                                        .map(ErasureReason::code)
                                        .collect(Collectors.joining(", "))));
    }
}
