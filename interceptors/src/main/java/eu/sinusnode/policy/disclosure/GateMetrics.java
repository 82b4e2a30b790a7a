package eu.sinusnode.policy.disclosure;

/** Counts what reached the gate although the search had been narrowed: each one is a fault to look into. */
public interface GateMetrics {

    void withheldFromSearch(String resourceType);
}
