// Tells the timeline which event is open. Apart from its data, so that opening an event does not send all events again.

export default function (component) {
  const id = component.data.event ?? "";
  document.documentElement.dataset.chronographEvent = id;
  document.dispatchEvent(new CustomEvent("chronograph-event", { detail: id }));
}
