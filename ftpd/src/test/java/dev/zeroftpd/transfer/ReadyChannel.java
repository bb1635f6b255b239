package dev.zeroftpd.transfer;

/** Opens a channel that needs no more work. */
record ReadyChannel(DataChannel channel) implements DataChannelOpener {

    @Override
    public DataChannel open() {
        return channel;
    }

    @Override
    public void abandon() {
        channel.reset();
    }
}
