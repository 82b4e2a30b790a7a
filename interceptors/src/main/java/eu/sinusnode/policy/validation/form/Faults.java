package eu.sinusnode.policy.validation.form;

import eu.sinusnode.policy.access.RequestFault;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.ArrayList;
import java.util.List;

/** Those found so far. Nobody corrects more of them at once, and a hostile body has millions. */
final class Faults {

    private static final int MOST = 20;

    private final List<RequestFault> found = new ArrayList<>();

    void add(Place place, String what) {
        if (!isFull()) {
            String path = place.path();
            found.add(new RequestFault(RequestProblem.BODY_FORM, path, path + " " + what));
        }
    }

    /** The text itself cannot be read. */
    void addUnreadable(String what) {
        if (!isFull()) {
            found.add(new RequestFault(RequestProblem.BODY_UNREADABLE, null, "The body " + what));
        }
    }

    private boolean isFull() {
        return found.size() >= MOST;
    }

    List<RequestFault> found() {
        return List.copyOf(found);
    }
}
