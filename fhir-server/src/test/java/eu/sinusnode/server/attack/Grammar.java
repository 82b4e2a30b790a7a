package eu.sinusnode.server.attack;

/** Requests that ask for what is hidden, from a seed. */
final class Grammar {

    private final Dice dice;
    private final SearchGrammar searches;
    private final ReadGrammar reads;
    private final WriteGrammar writes;
    private final BundleGrammar bundles;

    Grammar(long seed) {
        this.dice = new Dice(seed);
        this.searches = new SearchGrammar(dice);
        this.reads = new ReadGrammar(dice);
        this.writes = new WriteGrammar(dice);
        this.bundles = new BundleGrammar(dice, searches, reads, writes);
    }

    /** Every request but a few that mean the same in every world. */
    Template next() {
        Template template;
        do {
            int part = dice.between(1, 100);
            template = part <= 60
                    ? searches.next()
                    : part <= 78 ? reads.next() : part <= 90 ? writes.next() : bundles.next();
        } while (!template.differsByWorld());
        return template;
    }

    /** Searches and reads alone, which leave the database as it is. */
    Template nextQuestion() {
        Template template;
        do {
            template = dice.chance(75) ? searches.next() : reads.next();
            template = dice.chance(10) && template.method().equals("GET") ? bundles.asked(template) : template;
        } while (!template.differsByWorld());
        return template;
    }
}
