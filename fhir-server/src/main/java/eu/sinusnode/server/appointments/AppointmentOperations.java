package eu.sinusnode.server.appointments;

import eu.sinusnode.server.batch.InnerRequests;
import java.util.List;

/** Gives an endpoint its operations on appointments. */
@FunctionalInterface
public interface AppointmentOperations {

    /** @param inner sends requests of the same caller to the endpoint */
    List<Object> on(InnerRequests inner);
}
