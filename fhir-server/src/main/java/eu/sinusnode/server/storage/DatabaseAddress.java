package eu.sinusnode.server.storage;

/** Where the database is and how to get in. */
record DatabaseAddress(String url, String username, String password) {

    @Override
    public String toString() {
        return url;
    }
}
