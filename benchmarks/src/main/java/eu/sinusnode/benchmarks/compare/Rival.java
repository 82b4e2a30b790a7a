package eu.sinusnode.benchmarks.compare;

/** What ours is compared with: a server on the same database server that guards nothing. */
public enum Rival {
    /** HAPI's providers on the storage of ours, with its tables, search parameters and settings. */
    OPEN("open", "eu.sinusnode.benchmarks.open.OpenServer", "HAPI's providers on the same storage"),
    /** HAPI as it comes, with tables of its own. */
    STOCK(
            "stock",
            "eu.sinusnode.benchmarks.stock.StockServer",
            "HAPI's JPA server with HAPI's defaults and every search parameter, no validation, in a database of its own");

    private final String word;
    private final String program;
    private final String description;

    Rival(String word, String program, String description) {
        this.word = word;
        this.program = program;
        this.description = description;
    }

    /** In reports, and in the names of their fields. */
    public String word() {
        return word;
    }

    String program() {
        return program;
    }

    String description() {
        return description;
    }
}
