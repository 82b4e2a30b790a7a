package eu.sinusnode.policy.validation.form;

import org.jspecify.annotations.Nullable;

/**
 * Where in a body something stands. It becomes a path when somebody has to be told.
 *
 * @param index in a list, or -1
 */
record Place(@Nullable Place parent, String name, int index) {

    private static final int LONGEST_NAME = 60;

    static Place root(String resourceType) {
        return new Place(null, resourceType, -1);
    }

    Place child(String child) {
        return new Place(this, child, -1);
    }

    Place item(int item) {
        return new Place(parent, name, item);
    }

    /** As FHIRPath, e.g. {@code Bundle.entry[3].resource.status}. */
    String path() {
        String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
        String own = index < 0 ? shown : shown + "[" + index + "]";
        return parent == null ? own : parent.path() + "." + own;
    }
}
