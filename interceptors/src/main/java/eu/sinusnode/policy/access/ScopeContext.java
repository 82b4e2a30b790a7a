package eu.sinusnode.policy.access;

import java.util.Locale;

/** The part of a SMART scope before the slash. */
public enum ScopeContext {
    PATIENT,
    USER,
    SYSTEM;

    public String prefix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
