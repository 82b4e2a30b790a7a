package eu.sinusnode.policy.consent;

import java.util.List;

/** What came of a Consent. */
public sealed interface Compilation {

    /** What it permits and denies; empty when it is not active. */
    record Compiled(List<Directive> directives) implements Compilation {
        public Compiled {
            directives = List.copyOf(directives);
        }
    }

    /**
     * It says something that the server cannot enforce, so nothing of it may be stored.
     *
     * @param path where, e.g. {@code Consent.provision.provision[1].action}
     * @param reason one plain sentence without a full stop
     */
    record Refused(String path, String reason) implements Compilation {}
}
