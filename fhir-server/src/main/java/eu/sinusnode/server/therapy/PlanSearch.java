package eu.sinusnode.server.therapy;

import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/** Finds what a plan consists of and what was done. */
interface PlanSearch {

    /** @param query percent-encoded, with {@code _count} as the most that is wanted */
    <T extends Resource> List<T> find(Class<T> type, String query);
}
