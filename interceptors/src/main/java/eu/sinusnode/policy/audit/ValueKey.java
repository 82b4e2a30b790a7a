package eu.sinusnode.policy.audit;

/** Makes a stand-in of a search value: the same one for the same value, and without the key nobody can go back. */
public interface ValueKey {

    /** @return characters of a URL only, e.g. {@code ~a1.3q2-7wAbCdEfGhIjKlMnOp}: the key's name and the keyed value */
    String keyed(String value);
}
